package product

import (
	"bytes"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/programs"
	"github.com/go-sparta/sparta/internal/testaws"
	"github.com/go-sparta/sparta/spartamage"
)

// newAccount makes the current folder an empty module with this path, and the environment that of an account of the
// stand-in.
func newAccount(t *testing.T, module string) *testaws.Account {
	t.Helper()
	account := testaws.Start(t).Account(t)
	root := t.TempDir()
	if err := writeModule(root, module); err != nil {
		t.Fatal(err)
	}
	project{dir: root}.linkPrograms(t, programs.Deploy)
	t.Chdir(root)
	setenv(t, bareEnvironment(t.TempDir()))
	account.Setenv(t)
	return account
}

// setenv sets variables, which are given as NAME=value, for the test.
func setenv(t *testing.T, variables []string) {
	t.Helper()
	for _, variable := range variables {
		name, value, _ := strings.Cut(variable, "=")
		t.Setenv(name, value)
	}
}

// deploy runs a target's function, and returns what it writes.
func deploy(t *testing.T, service spartamage.Service, command string, args ...string) (string, error) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	err := spartamage.Deploy(t.Context(), command, spartamage.DeployOptions{
		Service: service, Args: args, Stdin: strings.NewReader(""), Stdout: &stdout, Stderr: &stderr,
	})
	return stdout.String() + stderr.String(), err
}

// deployed is deploy for a run that succeeds.
func deployed(t *testing.T, service spartamage.Service, command string, args ...string) string {
	t.Helper()
	said, err := deploy(t, service, command, args...)
	if err != nil {
		t.Fatalf("%s: %v\n%s", command, err, said)
	}
	return said
}
