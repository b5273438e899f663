package product

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/testaws"
	"github.com/go-sparta/sparta/spartamage"
)

// TestTheExampleOfACustomResourceIsDeployed to the stand-in, which runs the package: the Go function makes, changes and
// deletes the resource, and its error is the stack's.
func TestTheExampleOfACustomResourceIsDeployed(t *testing.T) {
	needHost(t)
	account := testaws.Start(t).Account(t)
	root := t.TempDir()
	if err := writeModule(root, "example.com/customresource"); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(root, "magefile.go")); err != nil { // the example has its own
		t.Fatal(err)
	}
	copyTree(t, filepath.Join(repository(), "examples", "customresource"), root)
	t.Chdir(root)
	for _, setting := range bareEnvironment(t.TempDir()) {
		name, value, _ := strings.Cut(setting, "=")
		t.Setenv(name, value)
	}
	account.Setenv(t)
	run := func(command string, args ...string) (string, error) {
		t.Helper()
		var stdout, stderr bytes.Buffer
		err := spartamage.Deploy(t.Context(), command, spartamage.DeployOptions{
			Args: args, Stdin: strings.NewReader(""), Stdout: &stdout, Stderr: &stderr,
		})
		return stdout.String() + stderr.String(), err
	}
	wantName := func(want string) {
		t.Helper()
		var function struct {
			Configuration struct {
				Environment struct{ Variables map[string]string }
			}
		}
		account.CLI(t, &function, "lambda", "get-function", "--function-name", "CustomResource-greet")
		if got := function.Configuration.Environment.Variables["CODE_NAME"]; got != want {
			t.Errorf("the function's name is %q, want %q", got, want)
		}
	}
	edit := func(from, to string) {
		t.Helper()
		text, err := os.ReadFile("main.go")
		if err != nil {
			t.Fatal(err)
		}
		changed := strings.Replace(string(text), from, to, 1)
		if changed == string(text) {
			t.Fatalf("main.go has no %s", from)
		}
		if err := os.WriteFile("main.go", []byte(changed), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if said, err := run("provision"); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	wantName("amber")

	edit(`[]string{"amber"}`, `[]string{"birch"}`)
	if said, err := run("provision"); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	wantName("birch")

	edit(`[]string{"birch"}`, `[]string{}`)
	said, err := run("provision")
	if err == nil || !strings.Contains(said, "there are no words to choose from") {
		t.Errorf("error is %v, want the function's\n%s", err, said)
	}
	wantName("birch")

	if said, err := run("delete", "-yes"); err != nil {
		t.Errorf("%v\n%s", err, said)
	}
	var stacks struct {
		Stacks []struct{ StackStatus string }
	}
	account.CLI(t, &stacks, "cloudformation", "describe-stacks")
	if len(stacks.Stacks) != 0 {
		t.Errorf("there is still %v", stacks.Stacks)
	}
}
