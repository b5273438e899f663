package awsendpoint

import (
	"strings"
	"testing"
)

func TestEndpoint(t *testing.T) {
	const all, s3, local = "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3", "http://localhost:1"
	tests := map[string]struct {
		env     map[string]string
		service string
		want    string
	}{
		"AWS's own where nothing is set":       {service: "s3"},
		"one for all services":                 {map[string]string{all: local}, "lambda", local},
		"a service's own takes precedence":     {map[string]string{all: local, s3: "http://s3"}, "s3", "http://s3"},
		"another service's own does not count": {map[string]string{all: local, s3: "http://s3"}, "iam", local},
		"logs are CloudWatch Logs":             {map[string]string{all + "_CLOUDWATCH_LOGS": local}, "logs", local},
		"monitoring is CloudWatch": {
			map[string]string{all + "_CLOUDWATCH": local}, "monitoring", local,
		},
		"a hyphen is an underscore in a variable": {
			map[string]string{all + "_S3_CONTROL": local}, "s3-control", local,
		},
		"a slash at the end is left out": {map[string]string{all: local + "/"}, "s3", local},
		"a path is kept": {
			map[string]string{all: "https://example.com/a"}, "s3", "https://example.com/a",
		},
		"all are ignored where a variable says so": {map[string]string{all: local, ignore: "TRUE"}, "s3", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			clean(t)
			for key, value := range test.env {
				t.Setenv(key, value)
			}
			got, err := endpoint(test.service)
			if err != nil || got != test.want {
				t.Errorf("endpoint(%s) = %q, %v; want %q", test.service, got, err, test.want)
			}
			if err := checkAll(); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestInvalidEndpoints(t *testing.T) {
	for name, value := range map[string]string{
		"no scheme":           "localhost:5000",
		"no scheme or port":   "localhost",
		"no host":             "http://",
		"an unknown scheme":   "ftp://user:canary@host",
		"a space in the host": "http://user:canary@ho st",
		"a query":             "http://host?token=canary",
		"a fragment":          "http://host#canary",
		"a port only":         "http://:80",
		"a bad escape":        "http://user:canary@host/%zz",
		"a control character": "http://user:canary@host\n",
	} {
		t.Run(name, func(t *testing.T) {
			clean(t)
			t.Setenv("AWS_ENDPOINT_URL_S3", value)
			if got, err := endpoint("s3"); err == nil {
				t.Fatalf("endpoint() = %q, want an error", got)
			}
			err := checkAll()
			if err == nil || !strings.Contains(err.Error(), "AWS_ENDPOINT_URL_S3") ||
				strings.Contains(err.Error(), "canary") {
				t.Errorf("error is %v, want one that names the variable but not its value", err)
			}
			t.Setenv(ignore, "true")
			if err := checkAll(); err != nil {
				t.Errorf("error is %v although endpoints are ignored", err)
			}
		})
	}
}

const ignore = "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"

func clean(t *testing.T) {
	t.Helper()
	for _, name := range []string{"AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3", ignore} {
		t.Setenv(name, "")
	}
}
