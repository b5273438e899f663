package port_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/port"
	"github.com/go-sparta/sparta/internal/testfiles"
)

// repository is the folder of this module.
func repository(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// vet runs go vet for packages of a module, and returns what it says.
func vet(dir string, packages ...string) string {
	command := exec.Command("go", append([]string{"vet"}, packages...)...)
	command.Dir = dir
	command.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOWORK=off")
	out, err := command.CombinedOutput()
	if err != nil {
		return err.Error() + "\n" + string(out)
	}
	return ""
}

// ported unpacks a module of testdata, ports it, and returns its folder and what is left.
func ported(t *testing.T, name string) (dir string, left []string) {
	t.Helper()
	archive, err := os.ReadFile(filepath.Join("testdata", name+".txtar"))
	if err != nil {
		t.Fatal(err)
	}
	dir = testfiles.Unpack(t, string(archive))
	result, err := port.Run(t.Context(), port.Options{
		Dir: dir, Patterns: []string{"./..."}, Version: "v0.0.0", Replace: repository(t),
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := result.Write(dir); err != nil {
		t.Fatal(err)
	}
	for _, remark := range result.Left {
		left = append(left, remark.At(remark.NewLine))
	}
	return dir, left
}

// Programs in the style of Sparta 0.x compile after their port.
func TestProgramsOf0xCompile(t *testing.T) {
	dir, left := ported(t, "zero")
	if len(left) > 0 {
		t.Errorf("left: %q", left)
	}
	if said := vet(dir, "./..."); said != "" {
		t.Error(said)
	}
}

// Programs in the style of Sparta 1.x compile after their port. What a program uses that is not here is left, line by
// line.
func TestProgramsOf1xCompile(t *testing.T) {
	dir, left := ported(t, "one")
	const step = "add an AWS::StepFunctions::StateMachine to the template in a hook"
	want := []string{
		"rules/main.go:9: package aws/step of Sparta has no successor here: " + step + " (docs/hooks.md)",
		"rules/main.go:24: sparta.LambdaEventInterceptors: there are no interceptors: wrap the handler instead",
		"rules/main.go:26: step.NewLambdaTaskState: " + step,
		"rules/main.go:27: step.NewSuccessState: " + step,
		"rules/main.go:28: step.NewStateMachine: " + step,
	}
	if !slices.Equal(left, want) {
		t.Errorf("left is\n%s\nwant\n%s", strings.Join(left, "\n"), strings.Join(want, "\n"))
	}
	programs := []string{"./hello", "./shop", "./queue", "./alarms", "./handlers"}
	if said := vet(dir, programs...); said != "" {
		t.Error(said)
	}
}

// Programs with several packages compile after their port, as do those that are older than 0.10.
func TestProgramsOfSeveralPackagesCompile(t *testing.T) {
	dir, left := ported(t, "more")
	if len(left) > 0 {
		t.Errorf("left: %q", left)
	}
	if said := vet(dir, "./..."); said != "" {
		t.Error(said)
	}
}
