package connection

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"
)

func TestAWSSettings(t *testing.T) {
	home := cleanAWS(t)
	awsFile(t, home, "config", `# a comment
stray = 1
[default]
region = eu-west-1
[profile dev]
Region=eu-north-1
sso_session = corp
services = local
endpoint_url = http://all
s3 =
  endpoint_url = http://not-here
  max_concurrent_requests = 3
output = json
[ profile   top ]
source_profile = middle
role_arn = arn:aws:iam::1:role/r
mfa_serial = device
[profile middle]
source_profile = dev
[profile round]
source_profile = about
[profile about]
source_profile = round
[profile person]
login_session = arn
duration_seconds = 900
[profile old]
sso_start_url = https://example.awsapps.com/start
[services local]
s3 =
	endpoint_url = http://s3
cloudwatch_logs =
    endpoint_url = http://logs
; another comment
[profile quiet]
ignore_configured_endpoint_urls = True
`)
	awsFile(t, home, "credentials", "[dev]\naws_access_key_id = id\n[ci]\naws_access_key_id = other\n")
	settings, err := readAWSSettings()
	if err != nil {
		t.Fatal(err)
	}
	if got, want := strings.Join(settings.profiles(), " "), "about ci default dev middle old person quiet round top"; got != want {
		t.Errorf("profiles are %s, want %s", got, want)
	}
	if got := settings["profile dev"]; got["region"] != "eu-north-1" || got["aws_access_key_id"] != "id" || got["output"] != "json" || got["s3.max_concurrent_requests"] != "3" {
		t.Errorf("profile is %v", got)
	}
	for profile, want := range map[string]string{
		"dev": "sso_session", "top": "sso_session", "person": "login_session", "old": "sso_start_url",
		"round": "", "default": "", "ci": "", "none": "",
	} {
		if got := settings.signIn(profile); got != want {
			t.Errorf("signIn(%s) = %q, want %q", profile, got, want)
		}
	}
	want := map[string]string{"": "http://all", "s3": "http://s3", "cloudwatch_logs": "http://logs"}
	if got := settings.endpoints("dev"); !reflect.DeepEqual(got, want) {
		t.Errorf("endpoints are %v, want %v", got, want)
	}
	if got := settings.endpoints("default"); len(got) > 0 {
		t.Errorf("endpoints are %v, want none", got)
	}
	if !settings.ignoresEndpoints("quiet") || settings.ignoresEndpoints("dev") {
		t.Error("the wrong profile ignores endpoints")
	}
	if settings.mfaSerial("top") != "device" || settings.roleDuration("person") != 0 || settings.roleDuration("top") != time.Hour {
		t.Error("the role's settings are wrong")
	}
}

func TestAWSSettingsNeedNoFiles(t *testing.T) {
	cleanAWS(t)
	if settings, err := readAWSSettings(); err != nil || len(settings) > 0 {
		t.Errorf("settings are %v, error %v; want none", settings, err)
	}
}

func TestAWSSettingsThatCannotBeRead(t *testing.T) {
	cleanAWS(t)
	t.Setenv("AWS_CONFIG_FILE", t.TempDir())
	if _, err := readAWSSettings(); err == nil || !strings.Contains(err.Error(), os.Getenv("AWS_CONFIG_FILE")) {
		t.Errorf("error is %v, want one that names the file", err)
	}
}

func TestAWSSettingsAreWhereTheEnvironmentSays(t *testing.T) {
	cleanAWS(t)
	path := filepath.Join(t.TempDir(), "keys")
	if err := os.WriteFile(path, []byte("[profile odd]\na=b"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("AWS_SHARED_CREDENTIALS_FILE", path)
	settings, err := readAWSSettings()
	if err != nil || settings["profile odd"]["a"] != "b" {
		t.Errorf("settings are %v, error %v", settings, err)
	}
}
