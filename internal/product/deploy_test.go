package product

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/sparta"
	"github.com/go-sparta/sparta/spartamage"
)

// A magefile can set how a plain application is built and described. The deploy program uses these settings
// in whatever folder mage runs.
func TestAMagefileDescribesAPlainApplication(t *testing.T) {
	needHost(t)
	root := t.TempDir()
	if err := writeModule(filepath.Join(root, "shop"), "example.com/shop"); err != nil {
		t.Fatal(err)
	}
	const source = `package main

import "github.com/aws/aws-lambda-go/lambda"

func main() { lambda.Start(func() {}) }
`
	if err := writeFile(filepath.Join(root, "shop", "main.go"), source); err != nil {
		t.Fatal(err)
	}
	t.Chdir(root)
	setenv(t, append(bareEnvironment(t.TempDir()),
		"AWS_REGION=",
		"AWS_DEFAULT_REGION=",
		"AWS_ACCESS_KEY_ID=",
		"AWS_PROFILE="))
	var stdout, stderr bytes.Buffer
	err := spartamage.Deploy(t.Context(), "provision", spartamage.DeployOptions{
		Build: spartamage.BuildOptions{Dir: "shop", Python: "python3.12", Name: "till"},
		Service: spartamage.Service{
			Name:     "Shop",
			Function: "take",
			Privileges: []sparta.IAMRolePrivilege{
				{Actions: []string{"s3:GetObject"}, Resource: "arn:aws:s3:::receipts/*"},
			},
			Options: sparta.LambdaFunctionOptions{MemorySize: 512, Environment: map[string]any{"API_KEY": "canary"}},
		},
		Args:   []string{"--noop"},
		Stdin:  strings.NewReader(""),
		Stdout: &stdout,
		Stderr: &stderr,
	})
	if err != nil {
		t.Fatalf("%v\n%s", err, &stderr)
	}
	if strings.Contains(stdout.String()+stderr.String(), "canary") {
		t.Errorf("the value of a variable is shown:\n%s%s", &stdout, &stderr)
	}
	workspace := filepath.Join(root, "shop", ".sparta")
	if _, err := os.Stat(filepath.Join(workspace, "till.zip")); err != nil {
		t.Error(err)
	}
	text, err := os.ReadFile(filepath.Join(workspace, "template.json"))
	if err != nil {
		t.Fatal(err)
	}
	var template struct {
		Resources map[string]struct {
			Properties struct {
				Runtime, Handler string
				MemorySize       int
				Environment      struct{ Variables map[string]string }
			}
		}
	}
	if err := json.Unmarshal(text, &template); err != nil {
		t.Fatal(err)
	}
	got := template.Resources["TakeFunction"].Properties
	if got.Runtime != "python3.12" || got.Handler != "index.take" || got.MemorySize != 512 ||
		got.Environment.Variables["API_KEY"] != "canary" {
		t.Errorf("function is %+v", got)
	}
	if !bytes.Contains(text, []byte("arn:aws:s3:::receipts/*")) {
		t.Error("the role does not have its privilege")
	}
}
