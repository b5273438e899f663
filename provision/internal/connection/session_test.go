//go:build go1.25

package connection

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/testnet"
)

const (
	testAccount  = "123456789012"
	testEndpoint = "http://aws.example"
)

// cleanAWS takes all AWS settings out of the environment, but for the machine's
// certificates, and gives the test a home of its own.
func cleanAWS(t *testing.T) (home string) {
	t.Helper()
	for _, setting := range os.Environ() {
		name, _, _ := strings.Cut(setting, "=")
		if strings.HasPrefix(name, "AWS_") && name != "AWS_CA_BUNDLE" {
			t.Setenv(name, "")
			if err := os.Unsetenv(name); err != nil {
				t.Fatal(err)
			}
		}
	}
	home = t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	t.Setenv("AWS_EC2_METADATA_DISABLED", "true")
	// The SDK looks for the home folder once a process.
	t.Setenv("AWS_CONFIG_FILE", filepath.Join(home, ".aws", "config"))
	t.Setenv("AWS_SHARED_CREDENTIALS_FILE", filepath.Join(home, ".aws", "credentials"))
	return home
}

// awsFile writes a file of ~/.aws.
func awsFile(t *testing.T, home, name, text string) {
	t.Helper()
	path := filepath.Join(home, ".aws", name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// testConfig has credentials, and its requests are served in memory.
func testConfig(t *testing.T, handler http.HandlerFunc, region string, log *logrus.Logger) aws.Config {
	t.Helper()
	cleanAWS(t)
	return signedConfig(t, handler, region, log)
}

// signedConfig is testConfig with what else is in the environment.
func signedConfig(t *testing.T, handler http.HandlerFunc, region string, log *logrus.Logger) aws.Config {
	t.Helper()
	t.Setenv("AWS_ACCESS_KEY_ID", "AKIDcanary")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "SECRETcanary")
	t.Setenv("AWS_SESSION_TOKEN", "TOKENcanary")
	cfg, err := Open(t.Context(), Options{Region: region, Endpoints: map[string]string{"": testEndpoint}, Dial: testnet.To(handler)}, log)
	if err != nil {
		t.Fatal(err)
	}
	return cfg
}

func testLog(t *testing.T) *logrus.Logger {
	log := logrus.New()
	log.Out = t.Output()
	log.Level = logrus.DebugLevel
	return log
}

// hang answers nothing until the client is gone, which a server only notices when
// it has read the request.
func hang(_ http.ResponseWriter, r *http.Request) {
	_, _ = io.Copy(io.Discard, r.Body)
	<-r.Context().Done()
}

// fakeSTS answers with the access key that signed the request, and gives
// credentials of roles.
type fakeSTS struct {
	*httptest.Server
	forms []url.Values // of the requests, in order
	keys  []string     // the access keys that signed them
}

func startSTS(t *testing.T) *fakeSTS {
	f := &fakeSTS{}
	f.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := r.ParseForm(); err != nil {
			t.Error(err)
		}
		_, rest, _ := strings.Cut(r.Header.Get("Authorization"), "Credential=")
		key, _, _ := strings.Cut(rest, "/")
		f.forms, f.keys = append(f.forms, r.Form), append(f.keys, key)
		switch r.Form.Get("Action") {
		case "GetCallerIdentity":
			fmt.Fprintf(w, "<R><GetCallerIdentityResult><Account>%s</Account><Arn>arn:aws-cn:iam::%[1]s:user/%s</Arn></GetCallerIdentityResult></R>", testAccount, key)
		case "AssumeRole":
			fmt.Fprintf(w, "<R><AssumeRoleResult><Credentials><AccessKeyId>role-of-%s</AccessKeyId><SecretAccessKey>SECRETcanary</SecretAccessKey><SessionToken>TOKENcanary</SessionToken><Expiration>%s</Expiration></Credentials></AssumeRoleResult></R>",
				key, time.Now().Add(time.Hour).UTC().Format(time.RFC3339))
		}
	}))
	t.Cleanup(f.Close)
	return f
}

func TestSessionsCredentials(t *testing.T) {
	env := map[string]string{"AWS_ACCESS_KEY_ID": "env", "AWS_SECRET_ACCESS_KEY": "s", "AWS_REGION": "eu-west-1"}
	const region = "region = eu-west-1\n"
	tests := map[string]struct {
		env     map[string]string
		config  string
		options Options
		want    string // the access key
		wantErr string
	}{
		"the environment's are used":            {env: env, want: "env"},
		"a profile given beats the environment": {env: env, config: "[profile p]\naws_access_key_id = profile\naws_secret_access_key = s\n", options: Options{Profile: "p"}, want: "profile"},
		"the environment's beat AWS_PROFILE's":  {env: with(env, "AWS_PROFILE", "p"), config: "[profile p]\naws_access_key_id = profile\naws_secret_access_key = s\n", want: "env"},
		"AWS_PROFILE names a profile":           {env: map[string]string{"AWS_PROFILE": "p"}, config: "[profile p]\n" + region + "aws_access_key_id = profile\naws_secret_access_key = s\n", want: "profile"},
		"the default profile needs no name":     {config: "[default]\n" + region + "aws_access_key_id = default\naws_secret_access_key = s\n", want: "default"},
		"a process may give them":               {config: "[default]\n" + region + "credential_process = cat testdata/process.json\n", want: "process"},
		"a profile may assume a role":           {config: "[default]\n" + region + "role_arn = arn:aws:iam::1:role/r\nsource_profile = base\n[profile base]\naws_access_key_id = base\naws_secret_access_key = s\n", want: "role-of-base"},
		"a role given is put on top":            {env: env, options: Options{RoleARN: "arn:aws:iam::1:role/r"}, want: "role-of-env"},
		"it is put on top of a profile's role":  {config: "[default]\n" + region + "role_arn = arn:aws:iam::1:role/r\nsource_profile = base\n[profile base]\naws_access_key_id = base\naws_secret_access_key = s\n", options: Options{RoleARN: "arn:aws:iam::1:role/top"}, want: "role-of-role-of-base"},
		"MFA needs a person":                    {env: env, options: Options{RoleARN: "arn:aws:iam::1:role/r", MFASerial: "arn:aws:iam::1:mfa/me"}, wantErr: "needs an MFA code (arn:aws:iam::1:mfa/me) and standard input is no terminal"},
		"so does a profile's":                   {config: "[default]\n" + region + "role_arn = arn:aws:iam::1:role/r\nmfa_serial = device\nsource_profile = base\n[profile base]\naws_access_key_id = base\naws_secret_access_key = s\n", wantErr: "needs an MFA code (device)"},
		"the environment's come before SSO":     {env: env, config: "[default]\nlogin_session = arn\n", want: "env"},
		"SSO says how to sign in":               {config: "[profile p]\n" + region + "sso_session = corp\nsso_account_id = 1\nsso_role_name = r\n[sso-session corp]\nsso_start_url = u\nsso_region = eu-west-1\n", options: Options{Profile: "p"}, wantErr: "sign in with aws sso login --profile p"},
		"so does SSO without a session":         {env: map[string]string{"AWS_PROFILE": "p"}, config: "[profile p]\n" + region + "sso_start_url = u\nsso_region = r\nsso_account_id = 1\nsso_role_name = r\n", wantErr: "sign in with aws sso login --profile p"},
		"and a login":                           {config: "[default]\n" + region + "login_session = arn\n", wantErr: "sign in with aws login --profile default"},
		"there may be none":                     {env: map[string]string{"AWS_REGION": "eu-west-1"}, wantErr: ErrNoCredentials.Error()},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			home := cleanAWS(t)
			sts := startSTS(t)
			t.Setenv("PATH", t.TempDir())
			if strings.Contains(test.config, "credential_process") {
				if runtime.GOOS == "windows" {
					t.Skip("this machine lacks a shell")
				}
				t.Setenv("PATH", "/usr/bin:/bin")
			}
			for key, value := range test.env {
				t.Setenv(key, value)
			}
			awsFile(t, home, "config", test.config)
			var log bytes.Buffer
			logger := testLog(t)
			logger.Out = &log
			test.options.Endpoints = map[string]string{"sts": sts.URL}
			cfg, err := Open(t.Context(), test.options, logger)
			if err == nil {
				var who Identity
				if who, err = CallerIdentity(t.Context(), cfg); err == nil {
					if want := (Identity{testAccount, "arn:aws-cn:iam::" + testAccount + ":user/" + test.want, "aws-cn"}); who != want || test.wantErr != "" {
						t.Errorf("identity is %v, want %v or error %q", who, want, test.wantErr)
					}
				}
			}
			if test.wantErr == "" && err != nil || test.wantErr != "" && (err == nil || !strings.Contains(err.Error(), test.wantErr)) {
				t.Errorf("error is %v, want %q", err, test.wantErr)
			}
			if err != nil && errors.Is(err, ErrNoCredentials) != (test.wantErr == ErrNoCredentials.Error()) {
				t.Errorf("error %v is errNoCredentials, or is not", err)
			}
			if all := log.String() + fmt.Sprint(err); strings.Contains(all, "canary") {
				t.Errorf("a secret is written: %s", all)
			}
		})
	}
}

func with(env map[string]string, name, value string) map[string]string {
	more := map[string]string{name: value}
	maps.Copy(more, env)
	return more
}

func TestAssumedRolesLastAnHour(t *testing.T) {
	home := cleanAWS(t)
	sts := startSTS(t)
	awsFile(t, home, "config", "[default]\nregion = eu-west-1\nrole_arn = arn:aws:iam::1:role/r\nsource_profile = base\n[profile base]\naws_access_key_id = base\naws_secret_access_key = s\n")
	cfg, err := Open(t.Context(), Options{RoleARN: "arn:aws:iam::1:role/top", Endpoints: map[string]string{"": sts.URL}}, testLog(t))
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if _, err := CallerIdentity(t.Context(), cfg); err != nil {
			t.Fatal(err)
		}
	}
	if len(sts.forms) != 4 {
		t.Errorf("%d requests, want each role assumed once", len(sts.forms))
	}
	for _, form := range sts.forms[:2] {
		if got := form.Get("DurationSeconds"); got != "3600" {
			t.Errorf("the role %s is assumed for %ss, want 3600", form.Get("RoleArn"), got)
		}
	}
}
