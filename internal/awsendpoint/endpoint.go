// Package awsendpoint makes the AWS SDK v1 use the endpoints in the variables that other SDKs and the
// AWS CLI read: AWS_ENDPOINT_URL_<SERVICE> and AWS_ENDPOINT_URL.
package awsendpoint

import (
	"fmt"
	"net/url"
	"os"
	"strings"
)

// variable holds the endpoint of all services. Followed by _ and a service's ID, it names that of one service.
const variable = "AWS_ENDPOINT_URL"

// endpoint returns the endpoint that is set for a service, which is named as the SDK names its endpoints
// (logs). A service's own variable takes precedence. Empty means AWS's own endpoint.
func endpoint(service string) (string, error) {
	if isIgnored() {
		return "", nil
	}
	for _, name := range []string{variable + "_" + strings.ToUpper(serviceID(service)), variable} {
		if value := os.Getenv(name); value != "" {
			return strings.TrimRight(value, "/"), check(name, value)
		}
	}
	return "", nil
}

// checkAll returns an error if the endpoint of any service is invalid.
func checkAll() error {
	if isIgnored() {
		return nil
	}
	for _, setting := range os.Environ() {
		name, value, _ := strings.Cut(setting, "=")
		if value == "" || name != variable && !strings.HasPrefix(name, variable+"_") {
			continue
		}
		if err := check(name, value); err != nil {
			return err
		}
	}
	return nil
}

func isIgnored() bool {
	return strings.EqualFold(os.Getenv("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"), "true")
}

// check returns an error if a variable is not the URL of an endpoint. The error does not contain the value, which may
// hold a password.
func check(name, value string) error {
	u, err := url.Parse(value)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Hostname() == "" {
		return fmt.Errorf("%s is not an HTTP URL: write it as http://localhost:5000", name)
	}
	if u.RawQuery != "" || u.Fragment != "" {
		return fmt.Errorf("%s has a query or a fragment: remove that", name)
	}
	return nil
}
