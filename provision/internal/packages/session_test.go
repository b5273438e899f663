//go:build go1.25

//lint:file-ignore SA1019 hooks get a session of the SDK v1, as they always have

package packages

import (
	"io"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go/aws/session"
	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/provision/internal/connection"
)

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

func s3Session(t *testing.T, endpoint, region string, log *logrus.Logger) *session.Session {
	t.Helper()
	noAWSSettings(t)
	t.Setenv("AWS_ACCESS_KEY_ID", "AKIDcanary")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "SECRETcanary")
	t.Setenv("AWS_SESSION_TOKEN", "TOKENcanary")
	sess, err := connection.NewSession(t.Context(), connection.Options{Region: region, Endpoints: map[string]string{"": endpoint}}, log)
	if err != nil {
		t.Fatal(err)
	}
	retryer := connection.NewRetryer()
	retryer.MinRetryDelay, retryer.MaxRetryDelay, retryer.MinThrottleDelay, retryer.MaxThrottleDelay = time.Millisecond, 4*time.Millisecond, time.Millisecond, 4*time.Millisecond
	sess.Config.Retryer = retryer
	return sess
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
