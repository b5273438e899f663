package provision_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/testaws"
	"github.com/go-sparta/sparta/sparta"
)

const (
	environmentCanary = "canary-of-the-environment"
	parameterCanary   = "canary-of-a-parameter"
	tokenCanary       = "canary-of-the-session"
)

// withSecrets adds to the function's environment a secret, and one from a parameter.
func (d *deployment) withSecrets() {
	d.t.Helper()
	hello, err := sparta.NewAWSLambda("hello", func() {}, sparta.IAMRoleDefinition{})
	if err != nil {
		d.t.Fatal(err)
	}
	hello.Options.Environment = map[string]any{"PASSWORD": environmentCanary, "TOKEN": map[string]any{"Ref": "Token"}}
	d.service.Functions[0] = hello
	d.options.Params = map[string]string{"Token": parameterCanary}
	d.t.Setenv("AWS_SESSION_TOKEN", tokenCanary)
}

// noSecrets checks everything that was written, and the errors.
func (d *deployment) noSecrets(errs ...error) {
	d.t.Helper()
	written := d.written()
	for i, err := range errs {
		if err != nil {
			written["error "+string(rune('1'+i))] = err.Error()
		}
	}
	for where, text := range written {
		for _, canary := range []string{environmentCanary, parameterCanary, tokenCanary, d.account.SecretKey} {
			if i := strings.Index(text, canary); i >= 0 {
				d.t.Errorf("%s holds %s: …%s…", where, canary, text[max(0, i-200):min(len(text), i+200)])
			}
		}
	}
	if len(written["log"]) < 1000 {
		d.t.Errorf("the log has %d bytes: too few to have shown anything", len(written["log"]))
	}
}

// TestNoSecretIsWritten looks for secrets in all that runs at level debug write, but for the template, where
// CloudFormation needs them.
func TestNoSecretIsWritten(t *testing.T) {
	d := newDeployment(t)
	d.withSecrets()
	d.must()
	path := filepath.Join(d.options.Workspace, "template.json")
	template, err := os.ReadFile(path)
	if err != nil || !strings.Contains(string(template), environmentCanary) {
		t.Errorf("the template (%v) does not contain the value that the function needs:\n%s", err, template)
	}
	if strings.Contains(string(template), parameterCanary) {
		t.Errorf("the template contains the value of a parameter:\n%s", template)
	}
	if info, err := os.Stat(path); err == nil && info.Mode().Perm()&0o077 != 0 {
		t.Errorf("others can read the template: %v", info.Mode())
	}
	d.options.NoOp = true
	d.must()
	d.options.NoOp = false
	d.pack("Goodbye")
	d.options.InPlace = true
	d.must()
	d.options.InPlace, d.options.JSON = false, true
	d.must()
	d.noSecrets()
}

// TestNoSecretIsWrittenWhenCallsFail has every operation fail in the ways that quote what was sent.
func TestNoSecretIsWrittenWhenCallsFail(t *testing.T) {
	d := newDeployment(t)
	d.withSecrets()
	d.must()
	var errs []error
	for _, call := range d.proxy.Operations() {
		for _, kind := range []testaws.Kind{testaws.AccessDenied, testaws.Cut} {
			d.proxy.Reset()
			d.proxy.Break(testaws.Fault{Service: call.Service, Operation: call.Operation, Kind: kind, Times: 1})
			d.options.Params["Token"] += "+"
			_, err := d.run()
			errs = append(errs, err)
		}
	}
	d.noSecrets(errs...)
}

// TestNoSecretIsWrittenWhenAWSQuotesIt has CloudFormation refuse the values themselves.
func TestNoSecretIsWrittenWhenAWSQuotesIt(t *testing.T) {
	d := newDeployment(t)
	d.withSecrets()
	d.proxy.Break(testaws.Fault{
		Service:   "cloudformation",
		Operation: "CreateChangeSet",
		Kind:      testaws.Invalid,
		Message: "Value '" + parameterCanary + "' at 'parameters' and " + environmentCanary +
			" at 'templateBody' failed to satisfy constraint",
	})
	_, err := d.run()
	if err == nil || !strings.Contains(err.Error(), "failed to satisfy constraint") {
		t.Errorf("error %v, want CloudFormation's", err)
	}
	d.noSecrets(err)

	// And a resource that fails for its reason.
	d.proxy.Reset()
	d.options.Tags = map[string]string{
		"testaws:fail":   "AWS::Lambda::Function",
		"testaws:reason": "no such value: " + environmentCanary + " " + parameterCanary,
	}
	_, err = d.run()
	if err == nil || !strings.Contains(err.Error(), "no such value") {
		t.Errorf("error %v, want the resource's", err)
	}
	d.noSecrets(err)
}
