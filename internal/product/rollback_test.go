package product

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/testaws"
	"github.com/go-sparta/sparta/sparta"
	"github.com/go-sparta/sparta/spartamage"
)

// A plain application is deployed twice and rolled back. The program sparta, which does not read the magefile, knows
// the alias from the stack.
func TestAPlainApplicationIsRolledBack(t *testing.T) {
	needHost(t)
	account := testaws.Start(t).Account(t)
	root := t.TempDir()
	if err := writeModule(root, "example.com/shop"); err != nil {
		t.Fatal(err)
	}
	t.Chdir(root)
	for _, setting := range bareEnvironment(t.TempDir()) {
		name, value, _ := strings.Cut(setting, "=")
		t.Setenv(name, value)
	}
	account.Setenv(t)
	source := func(answer string) {
		t.Helper()
		text := `package main

import "github.com/aws/aws-lambda-go/lambda"

func main() { lambda.Start(func() string { return "` + answer + `" }) }
`
		if err := os.WriteFile(filepath.Join(root, "main.go"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	run := func(service spartamage.Service, command string, args ...string) (said string) {
		t.Helper()
		var stdout, stderr bytes.Buffer
		service.Name, service.Function = "Shop", "take"
		err := spartamage.Deploy(t.Context(), command, spartamage.DeployOptions{
			Service: service,
			Args:    args,
			Stdin:   strings.NewReader(""),
			Stdout:  &stdout,
			Stderr:  &stderr,
		})
		if err != nil {
			t.Fatalf("%s: %v\n%s", command, err, &stderr)
		}
		return stdout.String() + stderr.String()
	}
	live := func() string {
		var alias struct{ FunctionVersion string }
		account.CLI(t, &alias, "lambda", "get-alias", "--function-name", "Shop-take", "--name", "live")
		return alias.FunctionVersion
	}
	magefile := spartamage.Service{Options: sparta.LambdaFunctionOptions{Alias: "live"}}
	source("good")
	run(magefile, "provision")
	source("bad")
	run(magefile, "provision")
	said := run(spartamage.Service{}, "rollback", "1")
	if version := live(); version != "1" || !strings.Contains(said, "TakeAlias  AWS::Lambda::Alias  False") {
		t.Errorf("the alias refers to version %s\n%s", version, said)
	}
	said = run(magefile, "provision")
	if version := live(); version != "1" || !strings.Contains(said, "alias live of Shop-take stays at version 1") {
		t.Errorf("the alias refers to version %s\n%s", version, said)
	}
	source("better")
	said = run(magefile, "provision")
	if version := live(); version != "3" || !strings.Contains(said, "refers to version 1 since cgo:rollback") {
		t.Errorf("the alias refers to version %s\n%s", version, said)
	}
}
