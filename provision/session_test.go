package provision

import (
	"bytes"
	"context"
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

func needShell(t *testing.T) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("this machine lacks a shell")
	}
}

// fakeCLI puts a program named aws alone on the path.
func fakeCLI(t *testing.T, script string) {
	t.Helper()
	needShell(t)
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "aws"), []byte("#!/bin/sh\n"+script+"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir)
}

const cliPrints = `echo "{\"Version\":1,\"AccessKeyId\":\"cli:$*\",\"SecretAccessKey\":\"SECRETcanary\",\"SessionToken\":\"t\"}"`

func TestSessionsCredentials(t *testing.T) {
	env := map[string]string{"AWS_ACCESS_KEY_ID": "env", "AWS_SECRET_ACCESS_KEY": "s", "AWS_REGION": "eu-west-1"}
	const region = "region = eu-west-1\n"
	tests := map[string]struct {
		env     map[string]string
		config  string
		options SessionOptions
		cli     string // a script; none means that the AWS CLI is not installed
		want    string // the access key
		wantErr string
	}{
		"the environment's are used":            {env: env, want: "env"},
		"a profile given beats the environment": {env: env, config: "[profile p]\naws_access_key_id = profile\naws_secret_access_key = s\n", options: SessionOptions{Profile: "p"}, want: "profile"},
		"the environment's beat AWS_PROFILE's":  {env: with(env, "AWS_PROFILE", "p"), config: "[profile p]\naws_access_key_id = profile\naws_secret_access_key = s\n", want: "env"},
		"AWS_PROFILE names a profile":           {env: map[string]string{"AWS_PROFILE": "p"}, config: "[profile p]\n" + region + "aws_access_key_id = profile\naws_secret_access_key = s\n", want: "profile"},
		"the default profile needs no name":     {config: "[default]\n" + region + "aws_access_key_id = default\naws_secret_access_key = s\n", want: "default"},
		"a process may give them":               {config: "[default]\n" + region + "credential_process = cat testdata/process.json\n", want: "process"},
		"a profile may assume a role":           {config: "[default]\n" + region + "role_arn = arn:aws:iam::1:role/r\nsource_profile = base\n[profile base]\naws_access_key_id = base\naws_secret_access_key = s\n", want: "role-of-base"},
		"a role given is put on top":            {env: env, options: SessionOptions{RoleARN: "arn:aws:iam::1:role/r"}, want: "role-of-env"},
		"it is put on top of a profile's role":  {config: "[default]\n" + region + "role_arn = arn:aws:iam::1:role/r\nsource_profile = base\n[profile base]\naws_access_key_id = base\naws_secret_access_key = s\n", options: SessionOptions{RoleARN: "arn:aws:iam::1:role/top"}, want: "role-of-role-of-base"},
		"MFA needs a person":                    {env: env, options: SessionOptions{RoleARN: "arn:aws:iam::1:role/r", MFASerial: "arn:aws:iam::1:mfa/me"}, wantErr: "needs an MFA code (arn:aws:iam::1:mfa/me) and standard input is no terminal"},
		"so does a profile's":                   {config: "[default]\n" + region + "role_arn = arn:aws:iam::1:role/r\nmfa_serial = device\nsource_profile = base\n[profile base]\naws_access_key_id = base\naws_secret_access_key = s\n", wantErr: "needs an MFA code (device)"},
		"the CLI gives those of SSO":            {config: "[profile p]\n" + region + "sso_session = corp\nsso_account_id = 1\nsso_role_name = r\n[sso-session corp]\nsso_start_url = u\nsso_region = eu-west-1\n", options: SessionOptions{Profile: "p"}, cli: cliPrints, want: "cli:configure export-credentials --profile p --format process"},
		"also of SSO without a session":         {env: map[string]string{"AWS_PROFILE": "p"}, config: "[profile p]\n" + region + "sso_start_url = u\nsso_region = r\nsso_account_id = 1\nsso_role_name = r\n", cli: cliPrints, want: "cli:configure export-credentials --profile p --format process"},
		"also of a login":                       {config: "[default]\n" + region + "login_session = arn\n", cli: cliPrints, want: "cli:configure export-credentials --profile default --format process"},
		"also where a role is on top":           {config: "[default]\n" + region + "login_session = arn\n", options: SessionOptions{RoleARN: "arn:aws:iam::1:role/r"}, cli: cliPrints, want: "role-of-cli:configure export-credentials --profile default --format process"},
		"the environment's come before SSO":     {env: env, config: "[default]\nlogin_session = arn\n", cli: cliPrints, want: "env"},
		"an expired sign-in says what to do":    {config: "[default]\n" + region + "sso_start_url = u\nsso_region = r\nsso_account_id = 1\nsso_role_name = r\n", cli: "echo Token has expired >&2; exit 255", wantErr: "Token has expired: sign in with aws sso login --profile default"},
		"an expired login, too":                 {config: "[default]\n" + region + "login_session = arn\n", cli: "exit 255", wantErr: "sign in with aws login --profile default"},
		"the CLI may be too old":                {config: "[default]\n" + region + "login_session = arn\n", cli: "echo 'aws: error: argument subcommand: Invalid choice, valid choices are:' >&2; exit 2", wantErr: "install the AWS CLI v2"},
		"the CLI may print nonsense":            {config: "[default]\n" + region + "login_session = arn\n", cli: "echo SECRETcanary", wantErr: "export-credentials printed none"},
		"SSO without the CLI says what to do":   {config: "[default]\n" + region + "sso_start_url = u\nsso_region = r\nsso_account_id = 1\nsso_role_name = r\n", wantErr: "install the AWS CLI v2 and sign in with aws sso login --profile default"},
		"what only the CLI knows is asked last": {config: "[default]\n" + region + "some_new_way = x\n", cli: cliPrints, want: "cli:configure export-credentials --profile default --format process"},
		"and if it does not know either":        {config: "[default]\n" + region, cli: "exit 255", wantErr: errNoCredentials.Error()},
		"there may be none":                     {env: map[string]string{"AWS_REGION": "eu-west-1"}, wantErr: errNoCredentials.Error()},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			home := cleanAWS(t)
			sts := startSTS(t)
			t.Setenv("PATH", t.TempDir())
			if test.cli != "" {
				fakeCLI(t, test.cli)
			}
			if strings.Contains(test.config, "credential_process") {
				needShell(t)
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
			sess, err := newSession(t.Context(), test.options, logger)
			if err == nil {
				sess.Config.Retryer = fastRetryer()
				var who identity
				if who, err = callerIdentity(t.Context(), sess); err == nil {
					if want := (identity{testAccount, "arn:aws-cn:iam::" + testAccount + ":user/" + test.want, "aws-cn"}); who != want || test.wantErr != "" {
						t.Errorf("identity is %v, want %v or error %q", who, want, test.wantErr)
					}
				}
			}
			if test.wantErr == "" && err != nil || test.wantErr != "" && (err == nil || !strings.Contains(err.Error(), test.wantErr)) {
				t.Errorf("error is %v, want %q", err, test.wantErr)
			}
			if err != nil && errors.Is(err, errNoCredentials) != (test.wantErr == errNoCredentials.Error()) {
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
	sess, err := newSession(t.Context(), SessionOptions{RoleARN: "arn:aws:iam::1:role/top", Endpoints: map[string]string{"": sts.URL}}, testLog(t))
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if _, err := callerIdentity(t.Context(), sess); err != nil {
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

func TestSessionsThatCannotBeMade(t *testing.T) {
	tests := map[string]struct {
		env     map[string]string
		config  string
		options SessionOptions
		want    string
	}{
		"there is no region":              {want: errNoRegion.Error()},
		"the region is nonsense":          {options: SessionOptions{Region: "evil.example.com/"}, want: `AWS region "evil.example.com/" is invalid: write it as eu-west-1`},
		"the profile is misspelt":         {config: "[profile dev]\n[profile prod]\n", options: SessionOptions{Profile: "dve", Region: "eu-west-1"}, want: `AWS profile "dve" is in no configuration file: there are dev, prod`},
		"AWS_PROFILE is misspelt":         {env: map[string]string{"AWS_PROFILE": "dve"}, options: SessionOptions{Region: "eu-west-1"}, want: `AWS profile "dve" is in no configuration file: there are no profiles`},
		"the configuration file is bad":   {config: "[default\n", options: SessionOptions{Region: "eu-west-1"}, want: "make AWS session: "},
		"an endpoint is bad":              {env: map[string]string{"AWS_ENDPOINT_URL_S3": "localhost:1"}, options: SessionOptions{Region: "eu-west-1"}, want: "AWS_ENDPOINT_URL_S3"},
		"there is a device but no role":   {options: SessionOptions{Region: "eu-west-1", MFASerial: "device"}, want: "give the role, too"},
		"the certificates are not there":  {env: map[string]string{"AWS_CA_BUNDLE": "/no/such/file"}, options: SessionOptions{Region: "eu-west-1"}, want: "/no/such/file"},
		"an SSO session is not described": {config: "[default]\nsso_session = corp\nsso_account_id = 1\nsso_role_name = r\n", options: SessionOptions{Region: "eu-west-1"}, want: "corp"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			home := cleanAWS(t)
			t.Setenv("PATH", t.TempDir())
			for key, value := range test.env {
				t.Setenv(key, value)
			}
			awsFile(t, home, "config", test.config)
			_, err := newSession(t.Context(), test.options, testLog(t))
			if err == nil || !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("error is %v, want %q", err, test.want)
			}
			if errors.Is(err, errNoRegion) != (test.want == errNoRegion.Error()) {
				t.Errorf("error %v is errNoRegion, or is not", err)
			}
		})
	}
}

func TestSessionsRegion(t *testing.T) {
	for name, test := range map[string]struct {
		env     map[string]string
		options SessionOptions
		want    string
	}{
		"it is the profile's":                   {want: "eu-west-1"},
		"AWS_DEFAULT_REGION beats the profile":  {env: map[string]string{"AWS_DEFAULT_REGION": "eu-west-2"}, want: "eu-west-2"},
		"AWS_REGION beats both":                 {env: map[string]string{"AWS_DEFAULT_REGION": "eu-west-2", "AWS_REGION": "eu-west-3"}, want: "eu-west-3"},
		"one given beats all":                   {env: map[string]string{"AWS_REGION": "eu-west-3"}, options: SessionOptions{Region: "us-gov-west-1"}, want: "us-gov-west-1"},
		"that of a profile given is its region": {options: SessionOptions{Profile: "other"}, want: "ap-southeast-2"},
	} {
		t.Run(name, func(t *testing.T) {
			home := cleanAWS(t)
			awsFile(t, home, "config", "[default]\nregion = eu-west-1\n[profile other]\nregion = ap-southeast-2\n")
			for key, value := range test.env {
				t.Setenv(key, value)
			}
			sess, err := newSession(t.Context(), test.options, testLog(t))
			if err != nil || *sess.Config.Region != test.want {
				t.Errorf("session is %v, error %v; want region %s", sess, err, test.want)
			}
		})
	}
}

func TestRequestsGoWhereTheProfileSays(t *testing.T) {
	home := cleanAWS(t)
	sts := startSTS(t)
	t.Setenv("AWS_ACCESS_KEY_ID", "env")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "s")
	awsFile(t, home, "config", "[default]\nregion = eu-west-1\nservices = here\n[services here]\nsts =\n  endpoint_url = "+sts.URL+"\n")
	sess, err := newSession(t.Context(), SessionOptions{}, testLog(t))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := callerIdentity(t.Context(), sess); err != nil || len(sts.forms) != 1 {
		t.Errorf("%d requests, error %v", len(sts.forms), err)
	}
}

func TestWithoutCredentialsNobodyWaitsForTheMetadataService(t *testing.T) {
	cleanAWS(t)
	t.Setenv("PATH", t.TempDir())
	metadata := httptest.NewServer(http.HandlerFunc(hang))
	defer metadata.Close()
	t.Setenv("AWS_EC2_METADATA_DISABLED", "false")
	t.Setenv("AWS_EC2_METADATA_SERVICE_ENDPOINT", metadata.URL)
	sess, err := newSession(t.Context(), SessionOptions{Region: "eu-west-1", Endpoints: map[string]string{"": "http://localhost:1"}}, testLog(t))
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	if _, err := callerIdentity(t.Context(), sess); !errors.Is(err, errNoCredentials) {
		t.Errorf("error is %v, want errNoCredentials", err)
	}
	if took := time.Since(began); took > 4*time.Second {
		t.Errorf("it took %v", took)
	}
}

func TestTheCLIEndsWithTheRun(t *testing.T) {
	home := cleanAWS(t)
	fakeCLI(t, "exec /bin/sleep 60")
	awsFile(t, home, "config", "[default]\nregion = eu-west-1\nlogin_session = arn\n")
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	sess, err := newSession(ctx, SessionOptions{}, testLog(t))
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	if _, err := sess.Config.Credentials.Get(); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error is %v, want that the time was over", err)
	}
	if took := time.Since(began); took > 3*time.Second {
		t.Errorf("it took %v", took)
	}
}

func TestTheCLIsCredentialsAreRenewed(t *testing.T) {
	for expiration, want := range map[string]bool{"": false, "2999-01-01T00:00:00Z": false, "2001-01-01T00:00:00+00:00": true} {
		fakeCLI(t, `echo '{"AccessKeyId":"a","SecretAccessKey":"s"`+map[bool]string{true: `,"Expiration":"` + expiration + `"`}[expiration != ""]+`}'`)
		cli := newCLICredentials(t.Context(), "p", "sso_session")
		if _, err := cli.Retrieve(); err != nil {
			t.Fatal(err)
		}
		if got := cli.IsExpired(); got != want {
			t.Errorf("with expiration %q IsExpired() = %v, want %v", expiration, got, want)
		}
	}
}

func TestMFAPrompt(t *testing.T) {
	var out bytes.Buffer
	code, err := mfaPrompt{in: strings.NewReader(" 123456 \nmore"), out: &out, terminal: true}.ask(t.Context(), "device")
	if err != nil || code != "123456" || out.String() != "MFA code of device: " {
		t.Errorf("code is %q, error %v, prompt %q", code, err, out.String())
	}
	if _, err := (mfaPrompt{in: strings.NewReader(""), out: io.Discard, terminal: true}).ask(t.Context(), "device"); !errors.Is(err, io.EOF) {
		t.Errorf("error is %v, want that nothing was typed", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	never, writer := io.Pipe()
	defer func() { _ = writer.Close() }()
	if _, err := (mfaPrompt{in: never, out: io.Discard, terminal: true}).ask(ctx, "device"); !errors.Is(err, context.Canceled) {
		t.Errorf("error is %v, want that it was cancelled", err)
	}
}

func TestTheUserAgentNamesSparta(t *testing.T) {
	var agent string
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { agent = r.UserAgent() }))
	defer server.Close()
	_, _ = callerIdentity(t.Context(), testSession(t, server.URL, "eu-west-1", testLog(t)))
	if !strings.Contains(agent, " sparta/devel") {
		t.Errorf("user agent is %q", agent)
	}
}
