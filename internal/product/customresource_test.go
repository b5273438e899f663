package product

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/spartamage"
)

// TestTheExampleOfACustomResourceIsDeployed to the stand-in, which runs the package: the Go function makes, changes and
// deletes the resource, and its error is the stack's.
func TestTheExampleOfACustomResourceIsDeployed(t *testing.T) {
	needHost(t)
	account := newAccount(t, "example.com/customresource")
	if err := os.Remove("magefile.go"); err != nil { // the example has its own
		t.Fatal(err)
	}
	copyTree(t, filepath.Join(repository(), "examples", "customresource"), ".")
	var service spartamage.Service // the program describes it
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
	deployed(t, service, "provision")
	wantName("amber")

	edit(`[]string{"amber"}`, `[]string{"birch"}`)
	deployed(t, service, "provision")
	wantName("birch")

	edit(`[]string{"birch"}`, `[]string{}`)
	said, err := deploy(t, service, "provision")
	if err == nil || !strings.Contains(said, "there are no words to choose from") {
		t.Errorf("error is %v, want the function's\n%s", err, said)
	}
	wantName("birch")

	deployed(t, service, "delete", "-yes")
	var stacks struct {
		Stacks []struct{ StackStatus string }
	}
	account.CLI(t, &stacks, "cloudformation", "describe-stacks")
	if len(stacks.Stacks) != 0 {
		t.Errorf("there is still %v", stacks.Stacks)
	}
}
