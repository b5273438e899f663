// Package awsendpoint sends requests of the AWS SDK v1 to other endpoints than
// AWS's own, by the settings that other SDKs and the AWS CLI know:
// AWS_ENDPOINT_URL_<SERVICE>, AWS_ENDPOINT_URL and a profile's endpoint_url.
package awsendpoint

import (
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
)

// Settings tells endpoints that the environment does not. The keys are service
// ids of the AWS CLI's configuration file (s3, cloudwatch_logs); "" is for all
// services. The zero value leaves all to the environment.
type Settings struct {
	Explicit map[string]string // beats the environment
	Profile  map[string]string // of a configuration file; the environment beats it
	Ignore   bool              // like AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: Explicit counts alone
}

// URL is the endpoint set for a service, which is named by its id or by the
// SDK's name of its endpoints (logs). Empty means AWS's own. Of one place the
// service's own endpoint comes first, and between places the order is Explicit,
// the environment, Profile.
func (s Settings) URL(service string) (string, error) {
	id := serviceID(service)
	found, source := s.find(id)
	if found == "" {
		return "", nil
	}
	if err := check(found); err != nil {
		return "", fmt.Errorf("endpoint of %s from %s: %w", id, source, err)
	}
	return strings.TrimRight(found, "/"), nil
}

// Check tells what is wrong with any of the endpoints set, for any service.
func (s Settings) Check() error {
	for _, place := range []map[string]string{s.Explicit, s.Profile} {
		for service := range place {
			if _, err := s.URL(service); err != nil {
				return err
			}
		}
	}
	for _, variable := range os.Environ() {
		name, _, _ := strings.Cut(variable, "=")
		service, ok := strings.CutPrefix(name, "AWS_ENDPOINT_URL")
		if !ok {
			continue
		}
		if _, err := s.URL(strings.ToLower(strings.TrimPrefix(service, "_"))); err != nil {
			return err
		}
	}
	return nil
}

// check keeps the value, which may hold a password, out of its error.
func check(endpoint string) error {
	u, err := url.Parse(endpoint)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Hostname() == "" {
		return errors.New("it is no URL: write it as http://localhost:5000")
	}
	if u.RawQuery != "" || u.Fragment != "" {
		return errors.New("it has a query or fragment: leave that out")
	}
	return nil
}

// find tells what is set for a service and where.
func (s Settings) find(id string) (value, source string) {
	if value := cmp.Or(s.Explicit[id], s.Explicit[serviceAlias(id)], s.Explicit[""]); value != "" {
		return value, "the endpoints given"
	}
	if s.Ignore || strings.EqualFold(os.Getenv("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"), "true") {
		return "", ""
	}
	for _, name := range []string{"AWS_ENDPOINT_URL_" + strings.ToUpper(id), "AWS_ENDPOINT_URL"} {
		if value := os.Getenv(name); value != "" {
			return value, name
		}
	}
	return cmp.Or(s.Profile[id], s.Profile[""]), "the AWS configuration file"
}
