package provision_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

// versions lists the published versions of the function, and the one that the alias live refers to.
func (d *deployment) versions() (published []string, live string) {
	d.t.Helper()
	var listed struct{ Versions []struct{ Version string } }
	d.account.CLI(d.t, &listed, "lambda", "list-versions-by-function", "--function-name", "Tested-hello")
	for _, version := range listed.Versions {
		if version.Version != "$LATEST" {
			published = append(published, version.Version)
		}
	}
	var alias struct{ FunctionVersion string }
	d.account.CLI(d.t, &alias, "lambda", "get-alias", "--function-name", "Tested-hello", "--name", "live")
	return published, alias.FunctionVersion
}

// Lambda refuses to publish a version that is like its predecessor, and the alias must not miss one that differs.
func TestVersionsAreOfWhatTheConfigurationResolvesTo(t *testing.T) {
	d := newDeployment(t)
	d.service.Functions[0].Options = &sparta.LambdaFunctionOptions{
		Alias:       "live",
		Environment: map[string]any{"SECRET": cloudformation.Ref("Secret")},
	}
	for _, step := range []struct {
		name   string
		change func()
		want   string // version
	}{
		{"first", func() { d.options.Params = map[string]string{"Secret": "one"} }, "1"},
		{"the value is kept", func() { d.options.Params = nil }, "1"},
		{"the same value is given", func() { d.options.Params = map[string]string{"Secret": "one"} }, "1"},
		{"another value", func() { d.options.Params = map[string]string{"Secret": "two"} }, "2"},
		{"that is kept", func() { d.options.Params = nil }, "2"},
		{"a default is spelt out", func() {
			d.service.Functions[0].Options.TracingConfig = &sparta.LambdaFunctionTracingConfig{Mode: "PassThrough"}
			d.service.Functions[0].Options.EphemeralStorage = 512
		}, "2"},
		{"more memory", func() { d.service.Functions[0].Options.MemorySize = 256 }, "3"},
		{"and back", func() { d.service.Functions[0].Options.MemorySize = 0 }, "4"},
	} {
		step.change()
		d.must()
		published, live := d.versions()
		if live != step.want || len(published) == 0 || slices.Max(published) != step.want {
			t.Fatalf("%s: published are %v, live is %s, want %s", step.name, published, live, step.want)
		}
	}
	if written := d.written(); strings.Contains(written["log"]+written["stdout"], "two") {
		t.Errorf("the secret is written:\n%s", written["log"])
	}
}

// The version of a deployment that was rolled back must go with it: the same could not be published again.
func TestADeploymentWithAVersionIsRolledBackAndMadeAgain(t *testing.T) {
	d := newDeployment(t)
	d.must()
	d.service.Functions[0].Options = &sparta.LambdaFunctionOptions{Alias: "live"}
	d.options.Tags = map[string]string{"testaws:fail": "AWS::Lambda::Alias"}
	if _, err := d.run(); err == nil {
		t.Fatal("a deployment that was to fail did not")
	}
	d.options.Tags = nil
	d.must()
	if published, live := d.versions(); len(published) != 1 || live != published[0] {
		t.Errorf("published are %v, live is %s", published, live)
	}
}

// A URL belongs to the function or to an alias, so a new alias gives it another address, which needs consent.
func TestAnAliasOfAFunctionWithAURLNeedsConsent(t *testing.T) {
	d := newDeployment(t)
	d.service.Functions[0].Options = &sparta.LambdaFunctionOptions{FunctionURL: &sparta.LambdaFunctionURL{}}
	d.must()
	d.service.Functions[0].Options.Alias = "live"
	_, err := d.run()
	if err == nil || !strings.Contains(err.Error(), "HelloUrl") || !strings.Contains(err.Error(), "-yes") {
		t.Errorf("error %v", err)
	}
	d.options.Yes = true
	d.must()
}

// deploy publishes so many versions, each of other code.
func (d *deployment) deploy(count int) {
	d.t.Helper()
	for range count {
		d.packs++
		d.pack(fmt.Sprint("Hello ", d.packs))
		d.must()
	}
}

// Old versions cost storage, but those that something refers to, or that something else has published, stay.
func TestOldVersionsAreDeleted(t *testing.T) {
	d := newDeployment(t)
	d.service.Functions[0].Options = &sparta.LambdaFunctionOptions{Alias: "live"}
	d.deploy(2)
	function := []string{"--function-name", "Tested-hello"}
	d.account.CLI(t, nil, append([]string{"lambda", "update-function-configuration", "--timeout", "7"}, function...)...)
	d.account.CLI(t, nil, append([]string{"lambda", "publish-version", "--description", "theirs"}, function...)...)
	d.deploy(4)
	if published, live := d.versions(); live != "7" || len(published) != 7 {
		t.Fatalf("published are %v, live is %s", published, live)
	}
	var queue struct{ QueueUrl string }
	d.account.CLI(t, &queue, "sqs", "create-queue", "--queue-name", "orders")
	d.account.CLI(t, nil, "lambda", "create-event-source-mapping", "--function-name", "Tested-hello:2",
		"--event-source-arn", "arn:aws:sqs:us-east-1:"+d.account.ID+":orders")
	d.account.CLI(t, nil, append([]string{"lambda", "create-alias", "--name", "old", "--function-version", "1"}, function...)...)
	d.account.CLI(t, nil, append([]string{
		"lambda", "put-provisioned-concurrency-config", "--qualifier", "4", "--provisioned-concurrent-executions", "1",
	}, function...)...)
	d.account.CLI(t, nil, append([]string{
		"lambda", "add-permission", "--qualifier", "5", "--statement-id", "rule", "--action", "lambda:InvokeFunction",
		"--principal", "events.amazonaws.com",
	}, function...)...)
	d.deploy(6)
	published, live := d.versions()
	want := []string{"1", "2", "3", "4", "5", "8", "9", "10", "11", "12", "13"}
	if live != "13" || !slices.Equal(published, want) {
		t.Errorf("published are %v, want %v; live is %s\n%s", published, want, live, d.log)
	}
	if !strings.Contains(d.log.String(), "deleted old versions of Tested-hello: 7") {
		t.Errorf("the log does not say what was deleted:\n%s", d.log)
	}
}
