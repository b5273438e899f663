package provision_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/go-sparta/sparta/internal/commandline"
	"github.com/go-sparta/sparta/internal/testaws"
	"github.com/go-sparta/sparta/provision"
	"github.com/go-sparta/sparta/sparta"
)

// A rollback that is interrupted or killed in the middle of a change can be repeated, and the deployment after it knows
// which version the alias refers to.
func TestARollbackThatDoesNotEnd(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: it deploys many times")
	}
	d := newDeployment(t)
	d.service.Functions[0].Options = &sparta.LambdaFunctionOptions{Alias: "live"}
	d.deploy(3)
	d.proxy.Reset()
	d.rollBackTo("2")
	calls := d.proxy.Calls()
	for _, end := range []string{"interrupted", "killed"} {
		for i, call := range calls {
			if call.Operation != "CreateChangeSet" && call.Operation != "ExecuteChangeSet" && i < len(calls)-1 {
				continue
			}
			name := end + " after " + call.String()
			d.rollBackTo("3")
			d.said()
			d.proxy.Reset()
			var err error
			if end == "killed" {
				err = d.killedAfter(calls[:i+1])
			} else {
				err = d.interruptedIn(call, i+1)
			}
			if err == nil && (end == "interrupted" || i < len(calls)-1) {
				t.Errorf("%s: no error", name)
			}
			d.proxy.Reset()
			d.rollBackTo("2")
			d.said()
			d.must()
			if _, live := d.versions(); live != "2" || !strings.Contains(d.said(), "stays at version 2") {
				t.Errorf("%s: the alias refers to version %s after %v\n%s", name, live, err, d.log)
			}
		}
	}
	var sets struct {
		Summaries []struct{ ChangeSetName string }
	}
	d.account.CLI(t, &sets, "cloudformation", "list-change-sets", "--stack-name", "Tested")
	if len(sets.Summaries) > 0 {
		t.Errorf("change sets are left: %v", sets.Summaries)
	}
}

// rollBackTo rolls back once CloudFormation has finished what an earlier rollback began.
func (d *deployment) rollBackTo(version string) {
	d.t.Helper()
	for range 30 {
		err := d.rollback(commandline.Rollback{Version: version})
		if err == nil {
			return
		}
		if !strings.Contains(err.Error(), "wait until that has ended") {
			d.t.Fatalf("roll back to version %s: %v\n%s", version, err, d.log)
		}
	}
	d.t.Fatalf("CloudFormation does not finish\n%s", d.log)
}

// killedAfter rolls back to version 2, and lets no request through after these calls.
func (d *deployment) killedAfter(calls []testaws.Call) error {
	d.t.Helper()
	counts := map[[2]string]int{}
	for _, call := range d.everyOperation() {
		counts[call] = 0
	}
	for _, call := range calls {
		counts[[2]string{call.Service, call.Operation}]++
	}
	for call, count := range counts {
		d.proxy.Break(testaws.Fault{
			Service: call[0], Operation: call[1], Kind: testaws.Reset, Occurrence: count + 1,
		})
	}
	return d.rollback(commandline.Rollback{Version: "2"})
}

func (d *deployment) everyOperation() [][2]string {
	var all [][2]string
	for service, operations := range map[string]string{
		"sts":    "GetCallerIdentity",
		"lambda": "GetAlias ListVersionsByFunction",
		"cloudformation": "DescribeStacks ListStackResources GetTemplate CreateChangeSet DescribeChangeSet " +
			"ExecuteChangeSet DeleteChangeSet DescribeStackEvents ListChangeSets DescribeEvents DeleteStack",
	} {
		for _, operation := range strings.Fields(operations) {
			all = append(all, [2]string{service, operation})
		}
	}
	return all
}

// interruptedIn rolls back to version 2, and cancels the rollback during the given call, whose number is count.
func (d *deployment) interruptedIn(call testaws.Call, count int) error {
	d.t.Helper()
	d.proxy.Break(testaws.Fault{Service: call.Service, Operation: call.Operation, Kind: testaws.Hang, Times: 1})
	return d.do(func(ctx context.Context, session provision.SessionOptions) error {
		ctx, cancel := context.WithCancel(ctx)
		done := make(chan struct{})
		defer func() {
			cancel()
			<-done
		}()
		go func() {
			defer close(done)
			for len(d.proxy.Calls()) < count && ctx.Err() == nil {
				time.Sleep(time.Millisecond)
			}
			cancel()
		}()
		return provision.Rollback(ctx, d.service, provision.RollbackOptions{
			Rollback: commandline.Rollback{Version: "2"},
			Session:  session,
			Stdout:   d.stdout,
			Logger:   d.options.Logger,
		})
	})
}

func TestRollbacksOfTwoFunctions(t *testing.T) {
	d := newDeployment(t)
	other, err := sparta.NewAWSLambda("other", func(context.Context) error { return nil }, sparta.IAMRoleDefinition{})
	if err != nil {
		t.Fatal(err)
	}
	d.service.Functions = append(d.service.Functions, other)
	for _, info := range d.service.Functions {
		info.Options = &sparta.LambdaFunctionOptions{Alias: "live"}
	}
	live := func() string {
		var versions []string
		for _, name := range []string{"Tested-hello", "Tested-other"} {
			var alias struct{ FunctionVersion string }
			d.account.CLI(t, &alias, "lambda", "get-alias", "--function-name", name, "--name", "live")
			versions = append(versions, alias.FunctionVersion)
		}
		return strings.Join(versions, " ")
	}
	rollback := func(function, version string) func() {
		return func() {
			if err := d.rollback(commandline.Rollback{Function: function, Version: version}); err != nil {
				t.Fatalf("%v\n%s", err, d.log)
			}
		}
	}
	d.deploy(3)
	if err := d.rollback(commandline.Rollback{}); err == nil ||
		!strings.Contains(err.Error(), "choose one with --function: hello, other") {
		t.Errorf("error %v", err)
	}
	for _, step := range []struct {
		name string
		do   func()
		want string
	}{
		{"one", rollback("hello", ""), "2 3"},
		{"a deployment of the same", func() { d.must() }, "2 3"},
		{"the other", rollback("other", "1"), "2 1"},
		{"a deployment of the same again", func() { d.must() }, "2 1"},
		{"the first forward", rollback("hello", "3"), "3 1"},
		{"a deployment after that", func() { d.must() }, "3 1"},
		{"settings of one change", func() { other.Options.MemorySize = 256; d.must() }, "3 4"},
		{"new code", func() { d.deploy(1) }, "4 5"},
	} {
		step.do()
		if got := live(); got != step.want {
			t.Fatalf("%s: the aliases refer to versions %s, want %s\n%s", step.name, got, step.want, d.said())
		}
		d.said()
	}
}

// Lambda does not publish a version that equals an existing one, and a version stays when its alias is removed.
func TestAnAliasIsRemovedAndAddedAgain(t *testing.T) {
	for name, again := range map[string]func(*deployment){
		"its version is deleted": func(d *deployment) {
			d.account.CLI(d.t, nil, "lambda", "delete-function", "--function-name", "Tested-hello", "--qualifier", "2")
		},
		"the description changes": func(d *deployment) { d.service.Functions[0].Options.Description = "again" },
	} {
		t.Run(name, func(t *testing.T) {
			d := newDeployment(t)
			options := &sparta.LambdaFunctionOptions{Alias: "live"}
			d.service.Functions[0].Options = options
			d.deploy(2)
			if err := d.rollback(commandline.Rollback{}); err != nil {
				t.Fatal(err)
			}
			options.Alias = ""
			d.must()
			options.Alias = "live"
			_, err := d.run()
			if err == nil || !strings.Contains(err.Error(), "version 2 has the same code and settings") ||
				!strings.Contains(err.Error(), "delete-function --function-name NAME --qualifier 2`") {
				t.Errorf("error %v", err)
			}
			again(d)
			d.said()
			d.must()
			if _, live := d.versions(); live != "3" || strings.Contains(d.said(), "cgo:rollback") {
				t.Errorf("the alias refers to version %s\n%s", live, d.log)
			}
			if err := d.rollback(commandline.Rollback{}); err != nil {
				t.Errorf("error %v", err)
			}
		})
	}
}

// One version besides the live one is kept for a rollback. After the rollback, that is the newer one.
func TestOneVersionIsKept(t *testing.T) {
	d := newDeployment(t)
	d.service.Functions[0].Options = &sparta.LambdaFunctionOptions{Alias: "live"}
	d.options.KeepVersions = "1"
	rollback := func() {
		if err := d.rollback(commandline.Rollback{}); err != nil {
			t.Fatalf("%v\n%s", err, d.log)
		}
	}
	for _, step := range []struct {
		name            string
		do              func()
		published, live string
	}{
		{"three versions", func() { d.deploy(3) }, "2 3", "3"},
		{"back", rollback, "2 3", "2"},
		{"a deployment of the same", func() { d.must() }, "2 3", "2"},
		{"new code", func() { d.deploy(1) }, "3 4", "4"},
		{"back again", rollback, "3 4", "3"},
	} {
		step.do()
		published, live := d.versions()
		if got := strings.Join(published, " "); got != step.published || live != step.live {
			t.Errorf("%s: published are %s, want %s; live is %s, want %s",
				step.name, got, step.published, live, step.live)
		}
	}
}
