package gosource

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/go-sparta/sparta/internal/testfiles"
)

// The file go.env of the go command that a build starts may set GOTOOLCHAIN, which selects the one that answers.
func TestTheCommandHasTheSettingsOfItsDistribution(t *testing.T) {
	dir := t.TempDir()
	testfiles.Write(t, dir, map[string]string{
		"VERSION": "go1.26.8\n", "go.env": "GOTOOLCHAIN=auto\n", "bin/go": "#!/bin/sh\n", "bin/go.exe": "",
	})
	for _, name := range []string{"go", "go.exe"} {
		if err := os.Chmod(filepath.Join(dir, "bin", name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", filepath.Join(dir, "bin"))
	before := goCommand()
	testfiles.Write(t, dir, map[string]string{"go.env": "GOTOOLCHAIN=local\n"})
	if before.version == "" || goCommand() == before {
		t.Errorf("the command is %+v, as it was", before)
	}
}
