package connection

import (
	"bytes"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func TestSessionsThatCannotBeMade(t *testing.T) {
	tests := map[string]struct {
		env     map[string]string
		config  string
		options Options
		want    string
	}{
		"there is no region":              {want: ErrNoRegion.Error()},
		"the region is nonsense":          {options: Options{Region: "evil.example.com/"}, want: `AWS region "evil.example.com/" is invalid: write it as eu-west-1`},
		"the profile is misspelt":         {config: "[profile dev]\n[profile prod]\n", options: Options{Profile: "dve", Region: "eu-west-1"}, want: `AWS profile "dve" is in no configuration file: there are dev, prod`},
		"AWS_PROFILE is misspelt":         {env: map[string]string{"AWS_PROFILE": "dve"}, options: Options{Region: "eu-west-1"}, want: `AWS profile "dve" is in no configuration file: there are no profiles`},
		"the configuration file is bad":   {config: "[default\n", options: Options{Region: "eu-west-1"}, want: "make AWS session: "},
		"an endpoint is bad":              {env: map[string]string{"AWS_ENDPOINT_URL_S3": "localhost:1"}, options: Options{Region: "eu-west-1"}, want: "AWS_ENDPOINT_URL_S3"},
		"there is a device but no role":   {options: Options{Region: "eu-west-1", MFASerial: "device"}, want: "give the role, too"},
		"the certificates are not there":  {env: map[string]string{"AWS_CA_BUNDLE": "/no/such/file"}, options: Options{Region: "eu-west-1"}, want: "/no/such/file"},
		"an SSO session is not described": {config: "[default]\nsso_session = corp\nsso_account_id = 1\nsso_role_name = r\n", options: Options{Region: "eu-west-1"}, want: "corp"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			home := cleanAWS(t)
			t.Setenv("PATH", t.TempDir())
			for key, value := range test.env {
				t.Setenv(key, value)
			}
			awsFile(t, home, "config", test.config)
			_, err := NewSession(t.Context(), test.options, testLog(t))
			if err == nil || !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("error is %v, want %q", err, test.want)
			}
			if errors.Is(err, ErrNoRegion) != (test.want == ErrNoRegion.Error()) {
				t.Errorf("error %v is errNoRegion, or is not", err)
			}
		})
	}
}

func TestSessionsRegion(t *testing.T) {
	for name, test := range map[string]struct {
		env     map[string]string
		options Options
		want    string
	}{
		"it is the profile's":                   {want: "eu-west-1"},
		"AWS_DEFAULT_REGION beats the profile":  {env: map[string]string{"AWS_DEFAULT_REGION": "eu-west-2"}, want: "eu-west-2"},
		"AWS_REGION beats both":                 {env: map[string]string{"AWS_DEFAULT_REGION": "eu-west-2", "AWS_REGION": "eu-west-3"}, want: "eu-west-3"},
		"one given beats all":                   {env: map[string]string{"AWS_REGION": "eu-west-3"}, options: Options{Region: "us-gov-west-1"}, want: "us-gov-west-1"},
		"that of a profile given is its region": {options: Options{Profile: "other"}, want: "ap-southeast-2"},
	} {
		t.Run(name, func(t *testing.T) {
			home := cleanAWS(t)
			awsFile(t, home, "config", "[default]\nregion = eu-west-1\n[profile other]\nregion = ap-southeast-2\n")
			for key, value := range test.env {
				t.Setenv(key, value)
			}
			sess, err := NewSession(t.Context(), test.options, testLog(t))
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
	sess, err := NewSession(t.Context(), Options{}, testLog(t))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := CallerIdentity(t.Context(), sess); err != nil || len(sts.forms) != 1 {
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
	sess, err := NewSession(t.Context(), Options{Region: "eu-west-1", Endpoints: map[string]string{"": "http://localhost:1"}}, testLog(t))
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	if _, err := CallerIdentity(t.Context(), sess); !errors.Is(err, ErrNoCredentials) {
		t.Errorf("error is %v, want errNoCredentials", err)
	}
	if took := time.Since(began); took > 4*time.Second {
		t.Errorf("it took %v", took)
	}
}

func TestTheUserAgentNamesSparta(t *testing.T) {
	var agent string
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { agent = r.UserAgent() }))
	defer server.Close()
	_, _ = CallerIdentity(t.Context(), testSession(t, server.URL, "eu-west-1", testLog(t)))
	if !strings.Contains(agent, " sparta/devel") {
		t.Errorf("user agent is %q", agent)
	}
}

func TestRequestsStayInTheirRegion(t *testing.T) {
	cleanAWS(t)
	sess, err := NewSession(t.Context(), Options{Region: "us-east-1"}, testLog(t))
	if err != nil {
		t.Fatal(err)
	}
	for service, want := range map[string]string{
		"sts": "https://sts.us-east-1.amazonaws.com", "s3": "https://s3.us-east-1.amazonaws.com",
		"lambda": "https://lambda.us-east-1.amazonaws.com",
	} {
		if got := sess.ClientConfig(service).Endpoint; got != want {
			t.Errorf("%s is at %s, want %s", service, got, want)
		}
	}
}

func TestTheSDKLogsNowhereElse(t *testing.T) {
	var written bytes.Buffer
	log := testLog(t)
	log.Out = &written
	testSession(t, "http://localhost:1", "eu-west-1", log).Config.Logger.Log("a warning")
	if !strings.Contains(written.String(), "a warning") {
		t.Errorf("log is %q", written.String())
	}
}
