package product

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/testrequire"
)

// TestStepsOfADurableFunctionInGo runs the targets of examples/durable: its tests run the steps in AWS's local runner.
func TestStepsOfADurableFunctionInGo(t *testing.T) {
	needHost(t)
	testrequire.Need(t, "awslambdaric", "aws") // this module's Python environment, which is new enough for the SDK
	work := t.TempDir()
	p := project{dir: filepath.Join(work, "durable"), env: bareEnvironment(work)}
	if err := writeModule(p.dir, "example.com/durable"); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(p.dir, "magefile.go")); err != nil { // the example has its own
		t.Fatal(err)
	}
	copyTree(t, filepath.Join(repository(), "examples", "durable"), p.dir)
	tested := p.mage(t, nil, "test")
	if tested.code != 0 || !strings.Contains(tested.stderr, "Ran 2 tests") {
		t.Fatalf("mage test: exit status %d\n%s%s", tested.code, tested.stdout, tested.stderr)
	}
	deployed := p.mage(t, nil, "deploy", "-noop")
	if deployed.code != 0 {
		t.Fatalf("mage deploy -noop: exit status %d\n%s", deployed.code, deployed.stderr)
	}
	template := p.read(t, ".sparta/template.json")
	for _, part := range []string{
		`"Handler": "app.handle"`, `"ExecutionTimeout": 3600`, `"Ref": "PythonPackagesLayer"`,
		"lambda:CheckpointDurableExecution",
	} {
		if !strings.Contains(template, part) {
			t.Errorf("the template lacks %s:\n%s", part, template)
		}
	}
}
