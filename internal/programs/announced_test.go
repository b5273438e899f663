package programs

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sirupsen/logrus"
)

// The first compilation takes so long that people ask themselves what is going on.
func TestTheFirstCompilationOfAProgramIsAnnounced(t *testing.T) {
	for name, what := range map[string]string{
		Deploy: "compiling the deploy program for the first time",
		Run:    "compiling the program that runs functions for the first time",
	} {
		path := filepath.Join(t.TempDir(), name)
		var said bytes.Buffer
		log := logrus.New()
		log.SetOutput(&said)
		for _, want := range []bool{true, false} {
			err := announced(log, path, name, func() error {
				if got := strings.Contains(said.String(), what); got != want {
					t.Errorf("%s is announced: %t, want %t\n%s", name, got, want, &said)
				}
				return os.WriteFile(path, nil, 0o600)
			})
			if err != nil {
				t.Fatal(err)
			}
			said.Reset()
		}
	}
}
