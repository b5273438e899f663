package testaws

import (
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// ClearEnvironment unsets every AWS setting until t ends, gives the test a home folder of its own, and returns
// that.
func ClearEnvironment(t testing.TB) (home string) {
	t.Helper()
	unsetAWS(t)
	home = t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	t.Setenv("AWS_EC2_METADATA_DISABLED", "true")
	// The SDK looks up the home folder once a process.
	t.Setenv("AWS_CONFIG_FILE", filepath.Join(home, ".aws", "config"))
	t.Setenv("AWS_SHARED_CREDENTIALS_FILE", filepath.Join(home, ".aws", "credentials"))
	return home
}

// SetCredentials sets credentials until t ends, each of which contains "canary".
func SetCredentials(t testing.TB) {
	t.Helper()
	t.Setenv("AWS_ACCESS_KEY_ID", "AKIDcanary")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "SECRETcanary")
	t.Setenv("AWS_SESSION_TOKEN", "TOKENcanary")
}

// unsetAWS unsets every AWS setting until t ends. No test reaches AWS over the internet, for which a machine may have
// set AWS_CA_BUNDLE: parsing that file would take most of the time of a test's deployment.
func unsetAWS(t testing.TB) {
	t.Helper()
	for _, setting := range os.Environ() {
		name, _, _ := strings.Cut(setting, "=")
		if strings.HasPrefix(name, "AWS_") {
			t.Setenv(name, "") // so that its value comes back
			if err := os.Unsetenv(name); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// Silence is a server that does not answer until the client is gone, which it notices only after it has read the
// request.
func Silence(_ http.ResponseWriter, r *http.Request) {
	_, _ = io.Copy(io.Discard, r.Body)
	<-r.Context().Done()
}
