package programs

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// go run …/cmd/sparta and go tool mage compile packages with the go command's own flags. Compiled anew, those of a
// program would take most of the time until a new application's first answer.
func TestProgramsReuseWhatTheGoCommandHasCompiled(t *testing.T) {
	packages := []string{"strings", "github.com/magefile/mage/mg", "github.com/go-sparta/sparta/internal/naming"}
	compiled := func(flags, variables []string) string {
		t.Helper()
		args := append([]string{"list", "-export", "-f={{.ImportPath}} {{.BuildID}}"}, flags...)
		cmd := exec.Command("go", append(args, packages...)...)
		environment := slices.DeleteFunc(os.Environ(), func(entry string) bool {
			return strings.HasPrefix(entry, "GOFLAGS=") || strings.HasPrefix(entry, "CGO_ENABLED=")
		})
		cmd.Env = append(environment, variables...)
		out, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		return string(out)
	}
	got, want := compiled(buildFlags("-X=a.b=c"), buildVariables()), compiled(nil, nil)
	if got != want {
		t.Errorf("packages of programs:\n%swant those of go build:\n%s", got, want)
	}
}
