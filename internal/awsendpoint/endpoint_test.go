package awsendpoint_test

import (
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/awsendpoint"
)

func TestURL(t *testing.T) {
	tests := map[string]struct {
		settings awsendpoint.Settings
		env      map[string]string
		service  string
		want     string
	}{
		"without settings it is AWS's own":      {service: "s3"},
		"AWS_ENDPOINT_URL is for all services":  {env: map[string]string{"AWS_ENDPOINT_URL": "http://localhost:1"}, service: "lambda", want: "http://localhost:1"},
		"a service's own beats that of all":     {env: map[string]string{"AWS_ENDPOINT_URL": "http://localhost:1", "AWS_ENDPOINT_URL_S3": "http://localhost:2"}, service: "s3", want: "http://localhost:2"},
		"another service's own is not its":      {env: map[string]string{"AWS_ENDPOINT_URL": "http://localhost:1", "AWS_ENDPOINT_URL_S3": "http://localhost:2"}, service: "iam", want: "http://localhost:1"},
		"logs are CloudWatch Logs":              {env: map[string]string{"AWS_ENDPOINT_URL_CLOUDWATCH_LOGS": "http://localhost:3"}, service: "logs", want: "http://localhost:3"},
		"monitoring is CloudWatch":              {env: map[string]string{"AWS_ENDPOINT_URL_CLOUDWATCH": "http://localhost:3"}, service: "monitoring", want: "http://localhost:3"},
		"hyphens are underscores":               {env: map[string]string{"AWS_ENDPOINT_URL_S3_CONTROL": "http://localhost:3"}, service: "s3-control", want: "http://localhost:3"},
		"a slash at its end is left out":        {env: map[string]string{"AWS_ENDPOINT_URL": "http://localhost:1/"}, service: "s3", want: "http://localhost:1"},
		"a path is kept":                        {env: map[string]string{"AWS_ENDPOINT_URL": "https://example.com/aws"}, service: "s3", want: "https://example.com/aws"},
		"what is given beats the environment":   {settings: awsendpoint.Settings{Explicit: map[string]string{"": "http://given"}}, env: map[string]string{"AWS_ENDPOINT_URL_S3": "http://localhost:2"}, service: "s3", want: "http://given"},
		"a service given beats all given":       {settings: awsendpoint.Settings{Explicit: map[string]string{"": "http://given", "s3": "http://s3"}}, service: "s3", want: "http://s3"},
		"a service may be given by its id":      {settings: awsendpoint.Settings{Explicit: map[string]string{"cloudwatch_logs": "http://logs"}}, service: "logs", want: "http://logs"},
		"a service may be given by its SDKs":    {settings: awsendpoint.Settings{Explicit: map[string]string{"logs": "http://logs"}}, service: "logs", want: "http://logs"},
		"the environment beats the profile":     {settings: awsendpoint.Settings{Profile: map[string]string{"s3": "http://profile"}}, env: map[string]string{"AWS_ENDPOINT_URL": "http://env"}, service: "s3", want: "http://env"},
		"a profile's service beats its all":     {settings: awsendpoint.Settings{Profile: map[string]string{"": "http://profile", "s3": "http://s3"}}, service: "s3", want: "http://s3"},
		"a profile's all is for all":            {settings: awsendpoint.Settings{Profile: map[string]string{"": "http://profile", "s3": "http://s3"}}, service: "sts", want: "http://profile"},
		"the environment may be told to ignore": {env: map[string]string{"AWS_ENDPOINT_URL": "http://env", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "TRUE"}, service: "s3"},
		"a profile may tell to ignore":          {settings: awsendpoint.Settings{Ignore: true, Profile: map[string]string{"": "http://profile"}}, env: map[string]string{"AWS_ENDPOINT_URL": "http://env"}, service: "s3"},
		"ignoring spares what is given":         {settings: awsendpoint.Settings{Ignore: true, Explicit: map[string]string{"": "http://given"}}, service: "s3", want: "http://given"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			clean(t)
			for key, value := range test.env {
				t.Setenv(key, value)
			}
			got, err := test.settings.URL(test.service)
			if err != nil || got != test.want {
				t.Errorf("URL(%s) = %q, %v; want %q", test.service, got, err, test.want)
			}
		})
	}
}

func TestURLThatIsBad(t *testing.T) {
	for name, value := range map[string]string{
		"it has no scheme":           "localhost:5000",
		"it has no scheme or port":   "localhost",
		"it has no host":             "http://",
		"its scheme is unknown":      "ftp://user:canary@host",
		"it is no URL":               "http://user:canary@ho st",
		"it has a query":             "http://host?token=canary",
		"it has a fragment":          "http://host#canary",
		"its host is a port":         "http://:80",
		"it has a bad escape":        "http://user:canary@host/%zz",
		"it has a control character": "http://user:canary@host\n",
	} {
		t.Run(name, func(t *testing.T) {
			clean(t)
			t.Setenv("AWS_ENDPOINT_URL_S3", value)
			got, err := awsendpoint.Settings{}.URL("s3")
			if err == nil {
				t.Fatalf("URL() = %q, want an error", got)
			}
			if !strings.Contains(err.Error(), "AWS_ENDPOINT_URL_S3") || strings.Contains(err.Error(), "canary") {
				t.Errorf("error is %q, want one that names the variable but not its value", err)
			}
		})
	}
}

func clean(t *testing.T) {
	t.Helper()
	for _, name := range []string{"AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"} {
		t.Setenv(name, "")
	}
}
