//go:build go1.25

package connection

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/testaws"
	"github.com/go-sparta/sparta/internal/testnet"
)

const (
	testAccount  = "123456789012"
	testEndpoint = "http://aws.example"
)

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
	testaws.ClearEnvironment(t)
	return signedConfig(t, handler, region, log)
}

// signedConfig is testConfig in the environment as it is.
func signedConfig(t *testing.T, handler http.HandlerFunc, region string, log *logrus.Logger) aws.Config {
	t.Helper()
	testaws.SetCredentials(t)
	cfg, err := Open(t.Context(), Options{
		Region: region, Endpoints: map[string]string{"": testEndpoint}, Dial: testnet.To(handler),
	}, log)
	if err != nil {
		t.Fatal(err)
	}
	return cfg
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
			fmt.Fprintf(w, "<R><GetCallerIdentityResult><Account>%s</Account><Arn>arn:aws-cn:iam::%[1]s:user/%s</Arn>"+
				"</GetCallerIdentityResult></R>", testAccount, key)
		case "AssumeRole":
			fmt.Fprintf(w, "<R><AssumeRoleResult><Credentials><AccessKeyId>role-of-%s</AccessKeyId>"+
				"<SecretAccessKey>SECRETcanary</SecretAccessKey><SessionToken>TOKENcanary</SessionToken>"+
				"<Expiration>%s</Expiration></Credentials></AssumeRoleResult></R>",
				key, time.Now().Add(time.Hour).UTC().Format(time.RFC3339))
		}
	}))
	t.Cleanup(f.Close)
	return f
}
