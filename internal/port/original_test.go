package port_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/testfiles"
	"github.com/go-sparta/sparta/internal/testrequire"
)

// The programs in the style of Sparta 1.x are programs of Sparta: they compile with version 1.15.0. Versions before 1.0
// can no longer be downloaded.
func TestProgramsOf1xCompileWithTheirOwnSparta(t *testing.T) {
	archive, err := os.ReadFile(filepath.Join("testdata", "one.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	said := vet(testfiles.Unpack(t, string(archive)), "./...")
	for _, sign := range []string{"dial tcp", "no such host", "module lookup disabled", "403 Forbidden"} {
		if strings.Contains(said, sign) {
			testrequire.Lack(t, "modules", errors.New("github.com/mweagle/Sparta v1.15.0 cannot be downloaded"))
		}
	}
	if said != "" {
		t.Error(said)
	}
}
