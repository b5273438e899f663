package provision_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/internal/commandline"
	"github.com/go-sparta/sparta/internal/testaws"
	"github.com/go-sparta/sparta/provision"
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
		{"first", func() { d.options.Params = map[string]string{"Secret": "first-secret"} }, "1"},
		{"the value is kept", func() { d.options.Params = nil }, "1"},
		{"the same value is given", func() { d.options.Params = map[string]string{"Secret": "first-secret"} }, "1"},
		{"another value", func() { d.options.Params = map[string]string{"Secret": "second-secret"} }, "2"},
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
	if written := d.written(); strings.Contains(written["log"]+written["stdout"], "second-secret") {
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
	d.account.CLI(t, nil, append([]string{
		"lambda", "create-alias", "--name", "old", "--function-version", "1",
	}, function...)...)
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

func (d *deployment) rollback(options commandline.Rollback) error {
	d.t.Helper()
	return d.do(func(ctx context.Context, session provision.SessionOptions) error {
		return provision.Rollback(ctx, d.service, provision.RollbackOptions{
			Rollback: options,
			Session:  session,
			Stdout:   d.stdout,
			Logger:   d.options.Logger,
		})
	})
}

// said returns what has been logged since it was called last.
func (d *deployment) said() string {
	text := d.log.String()
	said := text[d.heard:]
	d.heard = len(text)
	return said
}

// A rollback moves the alias by a change set, and a deployment goes on from there.
func TestAnAliasIsRolledBack(t *testing.T) {
	d := newDeployment(t)
	d.service.Functions[0].Options = &sparta.LambdaFunctionOptions{
		Alias:       "live",
		Environment: map[string]any{"SECRET": cloudformation.Ref("Secret")},
	}
	d.options.Params = map[string]string{"Secret": "canary"}
	d.deploy(3)
	d.options.Params = nil
	again := func() { d.must() }
	rollback := func(version string) func() {
		return func() {
			if err := d.rollback(commandline.Rollback{Version: version}); err != nil {
				t.Fatalf("roll back to %q: %v\n%s", version, err, d.log)
			}
		}
	}
	bad := d.packs
	for _, step := range []struct {
		name string
		do   func()
		live string   // version
		said []string // in the log
	}{
		{"to the one before", rollback(""), "2", []string{"has moved from version 3 to version 2", "UPDATE_COMPLETE"}},
		{"the same package again", again, "2", []string{
			"alias live of Tested-hello stays at version 2", "no changes", "cgo:rollback -version=3",
		}},
		{"another setting that versions do not have", func() {
			d.service.Functions[0].Options.ReservedConcurrentExecutions = 3
			d.must()
		}, "2", []string{"stays at version 2", "UPDATE_COMPLETE HelloFunction"}},
		{"once more", rollback(""), "1", []string{"has moved from version 2 to version 1"}},
		{"to where it is", rollback("1"), "1", []string{"refers to version 1 already: nothing is changed"}},
		{"the same package once more", again, "1", []string{"moved it there from version 3"}},
		{"forward again", rollback("3"), "3", []string{"has moved from version 1 to version 3"}},
		{"that is as if nothing had been", again, "3", []string{"no changes: stack Tested is as described"}},
		{"and back", rollback("2"), "2", nil},
		{"a new package", func() { d.deploy(1) }, "4", []string{
			"refers to version 2 since cgo:rollback moved it there from version 3",
			"publishes a new version, and the alias moves to that",
		}},
		{"to the one before that", rollback(""), "3", nil},
		{"the package of another version", func() { d.pack(fmt.Sprint("Hello ", bad)); d.must() }, "5", []string{
			"refers to version 3 since cgo:rollback moved it there from version 4",
		}},
	} {
		d.said()
		step.do()
		said := d.said()
		if _, live := d.versions(); live != step.live {
			t.Fatalf("%s: the alias refers to version %s, want %s\n%s", step.name, live, step.live, said)
		}
		for _, want := range step.said {
			if !strings.Contains(said, want) {
				t.Errorf("%s: the log lacks %q:\n%s", step.name, want, said)
			}
		}
		if step.name == "that is as if nothing had been" && strings.Contains(said, "rollback") {
			t.Errorf("%s: the log is\n%s", step.name, said)
		}
	}
	if written := d.written(); strings.Contains(written["log"]+written["stdout"], "canary") {
		t.Error("the secret is written")
	}
}

// A rollback that cannot be, or that is only shown, changes nothing.
func TestRollbacksThatAreRefused(t *testing.T) {
	d := newDeployment(t)
	other, err := sparta.NewAWSLambda("other", func(context.Context) error { return nil }, sparta.IAMRoleDefinition{})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.rollback(commandline.Rollback{}); err == nil || !strings.Contains(err.Error(), "does not exist") {
		t.Errorf("error %v", err)
	}
	d.deploy(1)
	if err := d.rollback(commandline.Rollback{}); err == nil || !strings.Contains(err.Error(), "has an alias") {
		t.Errorf("error %v", err)
	}
	d.service.Functions = append(d.service.Functions, other)
	d.service.Functions[0].Options = &sparta.LambdaFunctionOptions{Alias: "live"}
	d.deploy(1)
	if err := d.rollback(commandline.Rollback{}); err == nil || !strings.Contains(err.Error(), "no version before 1") {
		t.Errorf("error %v", err)
	}
	d.deploy(1)
	before := d.account.Snapshot(t)
	for name, c := range map[string]struct {
		options commandline.Rollback
		fail    string
	}{
		"a version that does not exist": {
			commandline.Rollback{Version: "7"}, "version 7 of Tested-hello does not exist: it has 1, 2",
		},
		"what is not a version":    {commandline.Rollback{Version: "two"}, `"two" is not a version`},
		"code that changes":        {commandline.Rollback{Version: "$LATEST"}, "is not a published version"},
		"a function without alias": {commandline.Rollback{Function: "other"}, "function other has no alias"},
		"a function that is unknown": {
			commandline.Rollback{Function: "nobody"}, `no function "nobody": choose one of hello`,
		},
		"another stack's name":        {commandline.Rollback{Adopt: "tested"}, "does not repeat the stack's name"},
		"a stack that does not exist": {commandline.Rollback{Stack: "Nothing"}, "it does not exist"},
		"a preview":                   {commandline.Rollback{NoOp: true}, ""},
		"the version that it has":     {commandline.Rollback{Version: "2"}, ""},
	} {
		err := d.rollback(c.options)
		if (err == nil) != (c.fail == "") || err != nil && !strings.Contains(err.Error(), c.fail) {
			t.Errorf("%s: error %v, want %q in it", name, err, c.fail)
		}
		if after := d.account.Snapshot(t); after != before {
			t.Errorf("%s changed the account\nfrom %s\nto %s", name, before, after)
		}
	}
	for _, want := range []string{"HelloAlias  AWS::Lambda::Alias", "would move from version 2 to version 1"} {
		if !strings.Contains(d.stdout.String()+d.log.String(), want) {
			t.Errorf("the preview does not show %q:\n%s%s", want, d.stdout, d.log)
		}
	}
}

// An alias that was moved outside of the stack is where Lambda says, whatever the stack says.
func TestAnAliasThatWasMovedByHandIsRolledBack(t *testing.T) {
	d := newDeployment(t)
	d.service.Functions[0].Options = &sparta.LambdaFunctionOptions{Alias: "live"}
	d.deploy(4)
	move := func(version string) {
		d.account.CLI(t, nil, "lambda", "update-alias", "--function-name", "Tested-hello", "--name", "live",
			"--function-version", version)
	}
	move("3")
	err := d.rollback(commandline.Rollback{Version: "4"})
	if err == nil || !strings.Contains(err.Error(), "aws lambda update-alias --function-name Tested-hello --name live "+
		"--function-version 4") {
		t.Errorf("error %v", err)
	}
	if err := d.rollback(commandline.Rollback{}); err != nil {
		t.Fatal(err)
	}
	const differs = "and not to version 4 as the stack says"
	if _, live := d.versions(); live != "2" || !strings.Contains(d.log.String(), differs) {
		t.Errorf("the alias refers to version %s\n%s", live, d.log)
	}
	move("1")
	if err := d.rollback(commandline.Rollback{Version: "1"}); err != nil {
		t.Fatal(err)
	}
	d.said()
	d.must()
	if _, live := d.versions(); live != "1" || !strings.Contains(d.said(), "stays at version 1") {
		t.Errorf("the stack does not know of version 1: the alias refers to version %s\n%s", live, d.log)
	}
}

// A deployment has succeeded when the stack is updated: what cannot be deleted afterwards is a warning.
func TestADeploymentSucceedsIfOldVersionsCannotBeDeleted(t *testing.T) {
	d := newDeployment(t)
	d.service.Functions[0].Options = &sparta.LambdaFunctionOptions{Alias: "live"}
	d.options.KeepVersions = "0"
	d.deploy(1)
	for i, operation := range []string{"ListVersionsByFunction", "ListAliases", "DeleteFunction"} {
		d.proxy.Break(testaws.Fault{Service: "lambda", Operation: operation, Kind: testaws.AccessDenied})
		d.said()
		d.deploy(1)
		d.proxy.Reset()
		said := d.said()
		if want := "the stack is deployed, but old versions are not deleted: "; !strings.Contains(said, want) ||
			strings.Count(said, "level=warning") != 1 || !strings.Contains(said, "lambda:"+operation+" is denied") {
			t.Errorf("%s: the log lacks %q, or has other warnings:\n%s", operation, want, said)
		}
		if published, live := d.versions(); len(published) != i+2 || live != fmt.Sprint(i+2) {
			t.Errorf("%s: published are %v, live is %s", operation, published, live)
		}
	}
	d.options.KeepVersions = "all"
	d.deploy(1)
	if published, _ := d.versions(); len(published) != 5 {
		t.Errorf("all are to be kept, but published are only %v", published)
	}
	d.options.KeepVersions = "0"
	d.deploy(1)
	if published, live := d.versions(); live != "6" || !slices.Equal(published, []string{"6"}) {
		t.Errorf("published are %v, live is %s", published, live)
	}
}
