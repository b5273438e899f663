//go:build go1.25

package connection

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"runtime"
	"strings"
	"testing"

	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/testaws"
)

func TestCredentials(t *testing.T) {
	env := map[string]string{"AWS_ACCESS_KEY_ID": "env", "AWS_SECRET_ACCESS_KEY": "s", "AWS_REGION": "eu-west-1"}
	const region = "region = eu-west-1\n"
	tests := map[string]struct {
		env     map[string]string
		config  string
		options Options
		want    string // the access key
		wantErr string
	}{
		"the environment's are used": {env: env, want: "env"},
		"a profile option overrides the environment": {
			env: env, config: "[profile p]\naws_access_key_id = profile\naws_secret_access_key = s\n",
			options: Options{Profile: "p"}, want: "profile",
		},
		"the environment's override AWS_PROFILE's": {
			env:    with(env, "AWS_PROFILE", "p"),
			config: "[profile p]\naws_access_key_id = profile\naws_secret_access_key = s\n", want: "env",
		},
		"AWS_PROFILE names a profile": {
			env:    map[string]string{"AWS_PROFILE": "p"},
			config: "[profile p]\n" + region + "aws_access_key_id = profile\naws_secret_access_key = s\n",
			want:   "profile",
		},
		"the default profile needs no name": {
			config: "[default]\n" + region + "aws_access_key_id = default\naws_secret_access_key = s\n",
			want:   "default",
		},
		"a process may return them": {
			config: "[default]\n" + region + "credential_process = cat testdata/process.json\n", want: "process",
		},
		"a profile may assume a role": {
			config: "[default]\n" + region +
				"role_arn = arn:aws:iam::1:role/r\nsource_profile = base\n[profile base]\naws_access_key_id = " +
				"base\naws_secret_access_key = s\n", want: "role-of-base",
		},
		"a role option is assumed with the other credentials": {
			env: env, options: Options{RoleARN: "arn:aws:iam::1:role/r"}, want: "role-of-env",
		},
		"a role option is assumed with a profile's role": {
			config: "[default]\n" + region +
				"role_arn = arn:aws:iam::1:role/r\nsource_profile = base\n[profile base]\naws_access_key_id = " +
				"base\naws_secret_access_key = s\n", options: Options{RoleARN: "arn:aws:iam::1:role/top"},
			want: "role-of-role-of-base",
		},
		"MFA needs a person": {
			env: env, options: Options{RoleARN: "arn:aws:iam::1:role/r", MFASerial: "arn:aws:iam::1:mfa/me"},
			wantErr: "needs an MFA code of arn:aws:iam::1:mfa/me, and standard input is not a terminal",
		},
		"so does a profile's": {
			config: "[default]\n" + region +
				"role_arn = arn:aws:iam::1:role/r\nmfa_serial = device\nsource_profile = base\n[profile " +
				"base]\naws_access_key_id = base\naws_secret_access_key = s\n",
			wantErr: "needs an MFA code of device",
		},
		"the environment's come before SSO": {env: env, config: "[default]\nlogin_session = arn\n", want: "env"},
		"SSO says how to sign in": {
			config: "[profile p]\n" + region +
				"sso_session = corp\nsso_account_id = 1\nsso_role_name = r\n[sso-session corp]\nsso_start_url = " +
				"u\nsso_region = eu-west-1\n", options: Options{Profile: "p"},
			wantErr: "sign in with aws sso login --profile p",
		},
		"so does SSO without a session": {
			env: map[string]string{"AWS_PROFILE": "p"},
			config: "[profile p]\n" + region +
				"sso_start_url = u\nsso_region = r\nsso_account_id = 1\nsso_role_name = r\n",
			wantErr: "sign in with aws sso login --profile p",
		},
		"and a login": {
			config:  "[default]\n" + region + "login_session = arn\n",
			wantErr: "sign in with aws login --profile default",
		},
		"no credentials": {
			env: map[string]string{"AWS_REGION": "eu-west-1"}, wantErr: ErrNoCredentials.Error(),
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			home := testaws.ClearEnvironment(t)
			sts := startSTS(t)
			t.Setenv("PATH", t.TempDir())
			if strings.Contains(test.config, "credential_process") {
				if runtime.GOOS == "windows" {
					t.Skip("this machine has no shell")
				}
				t.Setenv("PATH", "/usr/bin:/bin")
			}
			for key, value := range test.env {
				t.Setenv(key, value)
			}
			awsFile(t, home, "config", test.config)
			var log bytes.Buffer
			logger := testaws.Log(t)
			logger.Out = &log
			test.options.Endpoints = map[string]string{"sts": sts.URL}
			expectCheck(t, test.options, test.wantErr, logger)
			if len(sts.forms) > 0 {
				t.Errorf("Check has sent %v", sts.forms)
			}
			cfg, err := Open(t.Context(), test.options, logger)
			if err == nil {
				var who Identity
				if who, err = CallerIdentity(t.Context(), cfg); err == nil {
					if want := (Identity{
						testAccount, "arn:aws-cn:iam::" + testAccount + ":user/" + test.want, "aws-cn",
					}); who != want || test.wantErr != "" {
						t.Errorf("identity is %v, want %v or error %q", who, want, test.wantErr)
					}
				}
			}
			if test.wantErr == "" && err != nil ||
				test.wantErr != "" && (err == nil || !strings.Contains(err.Error(), test.wantErr)) {
				t.Errorf("error is %v, want %q", err, test.wantErr)
			}
			if err != nil && errors.Is(err, ErrNoCredentials) != (test.wantErr == ErrNoCredentials.Error()) {
				t.Errorf("error %v is ErrNoCredentials, or is not", err)
			}
			if all := log.String() + fmt.Sprint(err); strings.Contains(all, "canary") {
				t.Errorf("a secret is written: %s", all)
			}
		})
	}
}

// expectCheck checks what Check says before anything is asked, where Open and a request end with an error.
func expectCheck(t *testing.T, options Options, wantErr string, log *logrus.Logger) {
	t.Helper()
	if strings.Contains(wantErr, "MFA") {
		wantErr = "" // it has not asked for the code
	}
	err := Check(t.Context(), options, log)
	if (err != nil) != (wantErr != "") || err != nil && !strings.Contains(err.Error(), wantErr) {
		t.Errorf("Check returns %v, want %q", err, wantErr)
	}
}

// A process may ask the user, so Check does not start it.
func TestCheckStartsNoProcess(t *testing.T) {
	home := testaws.ClearEnvironment(t)
	awsFile(t, home, "config", "[default]\nregion = eu-west-1\ncredential_process = exit 1\n")
	if err := Check(t.Context(), Options{}, testaws.Log(t)); err != nil {
		t.Error(err)
	}
	awsFile(t, home, "config", "[default]\ncredential_process = exit 1\n")
	if err := Check(t.Context(), Options{}, testaws.Log(t)); !errors.Is(err, ErrNoRegion) {
		t.Errorf("without a region: %v", err)
	}
}

func with(env map[string]string, name, value string) map[string]string {
	more := map[string]string{name: value}
	maps.Copy(more, env)
	return more
}

func TestAssumedRolesLastAnHour(t *testing.T) {
	home := testaws.ClearEnvironment(t)
	sts := startSTS(t)
	awsFile(t, home, "config", "[default]\nregion = eu-west-1\nrole_arn = arn:aws:iam::1:role/r\nsource_profile = "+
		"base\n[profile base]\naws_access_key_id = base\naws_secret_access_key = s\n")
	cfg, err := Open(t.Context(),
		Options{RoleARN: "arn:aws:iam::1:role/top", Endpoints: map[string]string{"": sts.URL}}, testaws.Log(t))
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
