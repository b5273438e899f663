//go:build go1.25

package packages

import (
	"io"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/testnet"
	"github.com/go-sparta/sparta/provision/internal/connection"
)

const fakeURL = "http://s3.example"

// noAWSSettings takes all AWS settings out of the environment, but for the machine's
// certificates, and gives the test a home of its own.
func noAWSSettings(t *testing.T) (home string) {
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

func s3Config(t *testing.T, handler http.HandlerFunc, region string, log *logrus.Logger) aws.Config {
	t.Helper()
	noAWSSettings(t)
	t.Setenv("AWS_ACCESS_KEY_ID", "AKIDcanary")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "SECRETcanary")
	t.Setenv("AWS_SESSION_TOKEN", "TOKENcanary")
	cfg, err := connection.Open(t.Context(), connection.Options{
		Region: region, Endpoints: map[string]string{"": fakeURL}, Dial: testnet.To(handler),
	}, log)
	if err != nil {
		t.Fatal(err)
	}
	return cfg
}

func logTo(t *testing.T) *logrus.Logger {
	log := logrus.New()
	log.Out = t.Output()
	log.Level = logrus.DebugLevel
	return log
}

// noAnswer answers nothing until the client is gone, which a server only notices when
// it has read the request.
func noAnswer(_ http.ResponseWriter, r *http.Request) {
	_, _ = io.Copy(io.Discard, r.Body)
	<-r.Context().Done()
}
