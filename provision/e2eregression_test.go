package provision_test

import (
	"encoding/json"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/testaws"
	"github.com/go-sparta/sparta/sparta"
)

// policies are the inline policies of the function's role, in IAM's words.
func (d *deployment) policies() string {
	d.t.Helper()
	var function configuration
	d.account.CLI(d.t, &function, "lambda", "get-function", "--function-name", "Tested-hello")
	role := function.Configuration.Role[strings.LastIndex(function.Configuration.Role, "/")+1:]
	var names struct{ PolicyNames []string }
	d.account.CLI(d.t, &names, "iam", "list-role-policies", "--role-name", role)
	var all strings.Builder
	for _, name := range names.PolicyNames {
		var policy struct{ PolicyDocument json.RawMessage }
		d.account.CLI(d.t, &policy, "iam", "get-role-policy", "--role-name", role, "--policy-name", name)
		text, err := url.QueryUnescape(string(policy.PolicyDocument))
		if err != nil {
			d.t.Fatal(err)
		}
		all.WriteString(text)
	}
	if all.Len() == 0 {
		d.t.Fatalf("role %s has no policy", role)
	}
	return all.String()
}

// The original put metrics to CloudWatch at every request, and gave every role the right to.
func TestAnInvocationSendsNoMetrics(t *testing.T) {
	d := newDeployment(t)
	d.must()
	if policies := d.policies(); strings.Contains(policies, "cloudwatch:") {
		t.Errorf("the role may put metrics: %s", policies)
	}
	if testing.Short() {
		return
	}
	list := exec.Command("go", "list", "-deps", "-tags=lambdabinary", "../examples/hello")
	list.Env = append(os.Environ(), "GOFLAGS=")
	out, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	packages := string(out)
	if !strings.Contains(packages, "/cgo/bridge") || strings.Contains(packages, "service/cloudwatch") {
		t.Error("the library has a client of CloudWatch in it")
	}
}

// The original left its temporary files where a run failed.
func TestAFailedRunLeavesNoFiles(t *testing.T) {
	d := newDeployment(t)
	temporary := t.TempDir()
	t.Setenv("TMPDIR", temporary)
	d.must()
	for _, call := range d.proxy.Operations() {
		d.proxy.Reset()
		d.pack("Hello " + call.String())
		d.proxy.Break(testaws.Fault{Service: call.Service, Operation: call.Operation, Kind: testaws.AccessDenied})
		_, _ = d.run() // some do without the call
	}
	d.proxy.Reset()
	var names []string
	for _, dir := range []string{temporary, d.options.Workspace, filepath.Dir(d.options.Workspace)} {
		entries, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, entry := range entries {
			names = append(names, entry.Name())
		}
	}
	slices.Sort(names)
	if got := strings.Join(names, " "); got != ".sparta Tested.zip template.json" {
		t.Errorf("there are %s, want the package and the template", got)
	}
	// And what is to be undone after a failure is undone: the hooks for it run.
	rolledBack := 0
	d.service.Hooks = &sparta.WorkflowHooks{Rollback: []sparta.WorkflowHook{counting(&rolledBack)}}
	d.proxy.Break(testaws.Fault{Service: "cloudformation", Operation: "CreateChangeSet", Kind: testaws.AccessDenied})
	if _, err := d.run(); err == nil || rolledBack != 1 {
		t.Errorf("after %v the rollback hook ran %d times, want once", err, rolledBack)
	}
}

// The original took any change of a function for one that can be made in place, and left the stack behind the
// function.
func TestAnUpdateInPlaceChangesOnlyCodeAndTheStackFollows(t *testing.T) {
	d := newDeployment(t)
	d.must()
	d.options.InPlace = true
	d.pack("Goodbye")
	options := *d.service.Functions[0].Options
	d.service.Functions[0].Options.MemorySize = 512
	if _, err := d.run(); err == nil || !strings.Contains(err.Error(), "HelloFunction") {
		t.Errorf("a change of memory in place: %v, want it refused by the function's name", err)
	}
	var function struct {
		Configuration struct {
			CodeSha256 string
			MemorySize int
		}
	}
	look := func() string {
		t.Helper()
		d.account.CLI(t, &function, "lambda", "get-function", "--function-name", "Tested-hello")
		return function.Configuration.CodeSha256
	}
	before := look()
	if function.Configuration.MemorySize != 128 {
		t.Errorf("the refused change was made: %+v", function)
	}

	*d.service.Functions[0].Options = options
	d.proxy.Reset()
	if result := d.must(); !slices.Equal(result.InPlace, []string{"Tested-hello"}) {
		t.Errorf("result %+v, want the function updated in place", result)
	}
	inPlace := look()
	if inPlace == before {
		t.Error("the function has its old code")
	}
	for _, call := range d.proxy.Calls() {
		if call.Operation == "ExecuteChangeSet" {
			t.Error("the stack was changed, too")
		}
	}

	d.options.InPlace = false
	if result := d.must(); result.Status != "UPDATE_COMPLETE" {
		t.Errorf("the next provision: %+v, want that the stack catches up", result)
	}
	if look() != inPlace {
		t.Error("the stack has brought back other code")
	}
	if result := d.must(); result.Changed {
		t.Errorf("and the one after that: %+v, want no change", result)
	}
}

// The original wrote arn:aws:, which other partitions do not have, and let a function write any log of the account.
func TestRolesAllowOnlyTheFunctionsOwnLogsInEachPartition(t *testing.T) {
	d := newDeployment(t)
	d.must()
	template, err := os.ReadFile(filepath.Join(d.options.Workspace, "template.json"))
	if err != nil {
		t.Fatal(err)
	}
	text := string(template)
	if strings.Contains(text, "arn:aws:") || !strings.Contains(text, "arn:${AWS::Partition}:logs:") {
		t.Errorf("the template names a partition:\n%s", text)
	}
	policies := d.policies()
	want := "arn:aws:logs:us-east-1:" + d.account.ID + ":log-group:/aws/lambda/Tested-hello:"
	if !strings.Contains(policies, want) {
		t.Errorf("the role's logs are not %s…: %s", want, policies)
	}
	if strings.Contains(policies, d.account.ID+"*") || strings.Contains(policies, d.account.ID+":*") {
		t.Errorf("the role may write any log: %s", policies)
	}
}

// The original logged whole requests, and events, at level debug.
func TestDebugLogsShowRequestsWithoutTheirBodies(t *testing.T) {
	d := newDeployment(t)
	d.withSecrets()
	d.must()
	log := d.log.String()
	for _, call := range d.proxy.Operations() {
		if !strings.Contains(log, call.Operation) {
			t.Errorf("the log does not show %s", call)
		}
	}
	for _, body := range []string{
		"AWSTemplateFormatVersion",
		"TemplateBody",
		"AssumeRolePolicyDocument",
		"Action=",
		"PK\x03\x04",
		"Authorization",
		"Credential=",
	} {
		if strings.Contains(log, body) {
			t.Errorf("the log shows a body or a signature: %q", body)
		}
	}
	d.noSecrets()
}
