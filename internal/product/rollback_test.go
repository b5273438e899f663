package product

import (
	"strings"
	"testing"

	"github.com/go-sparta/sparta/sparta"
	"github.com/go-sparta/sparta/spartamage"
)

// A plain application is deployed twice and rolled back. The program sparta, which does not read the magefile, knows
// the alias from the stack.
func TestAPlainApplicationIsRolledBack(t *testing.T) {
	needHost(t)
	account := newAccount(t, "example.com/shop")
	source := func(answer string) {
		t.Helper()
		text := `package main

import "github.com/aws/aws-lambda-go/lambda"

func main() { lambda.Start(func() string { return "` + answer + `" }) }
`
		if err := writeFile("main.go", text); err != nil {
			t.Fatal(err)
		}
	}
	live := func() string {
		var alias struct{ FunctionVersion string }
		account.CLI(t, &alias, "lambda", "get-alias", "--function-name", "Shop-take", "--name", "live")
		return alias.FunctionVersion
	}
	service := spartamage.Service{Name: "Shop", Function: "take"}
	magefile := service
	magefile.Options = sparta.LambdaFunctionOptions{Alias: "live"}
	source("good")
	deployed(t, magefile, "provision")
	source("bad")
	deployed(t, magefile, "provision")
	said := deployed(t, service, "rollback", "1")
	if version := live(); version != "1" || !strings.Contains(said, "TakeAlias  AWS::Lambda::Alias  False") {
		t.Errorf("the alias refers to version %s\n%s", version, said)
	}
	said = deployed(t, magefile, "provision")
	if version := live(); version != "1" || !strings.Contains(said, "alias live of Shop-take stays at version 1") {
		t.Errorf("the alias refers to version %s\n%s", version, said)
	}
	source("better")
	said = deployed(t, magefile, "provision")
	if version := live(); version != "3" || !strings.Contains(said, "refers to version 1 since cgo:rollback") {
		t.Errorf("the alias refers to version %s\n%s", version, said)
	}
}
