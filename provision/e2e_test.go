//lint:file-ignore SA1019 sessions of Sparta are the SDK v1's, as they always were

package provision_test

import (
	"archive/zip"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-sparta/sparta/internal/lambdaruntime"
	"github.com/go-sparta/sparta/internal/testoutput"
	"github.com/go-sparta/sparta/internal/testrequire"
	"github.com/go-sparta/sparta/provision"
	"github.com/go-sparta/sparta/sparta"
	"github.com/go-sparta/sparta/spartamage"
)

// configuration is a function in the output of the AWS command line.
type configuration struct {
	Configuration struct {
		CodeSha256, Handler, Runtime, Role string
		Architectures                      []string
	}
}

// TestAServiceIsDeployedAndUpdated inspects a service with the AWS command line.
func TestAServiceIsDeployedAndUpdated(t *testing.T) {
	d := newDeployment(t)
	result := d.must()
	if result.Status != "CREATE_COMPLETE" || !result.Changed {
		t.Errorf("result %+v, want a stack that was created", result)
	}

	var function configuration
	d.account.CLI(t, &function, "lambda", "get-function", "--function-name", "Tested-hello")
	first := function.Configuration
	if first.Handler != "index.hello" ||
		first.Runtime != "python3.13" ||
		!slices.Equal(first.Architectures, []string{"x86_64"}) {
		t.Errorf("function %+v", first)
	}
	var role struct {
		Role struct{ AssumeRolePolicyDocument json.RawMessage }
	}
	d.account.CLI(t, &role, "iam", "get-role", "--role-name", first.Role[strings.LastIndex(first.Role, "/")+1:])
	trust := string(role.Role.AssumeRolePolicyDocument)
	if !strings.Contains(trust, "lambda.amazonaws.com") ||
		strings.Contains(trust, "ec2") ||
		strings.Contains(trust, "apigateway") {
		t.Errorf("the role trusts %s, want only Lambda", trust)
	}
	if got := d.invokeDeployed(`{"name":"world"}`); got != `"Hello world"` {
		t.Errorf("the deployed package answers %s", got)
	}

	d.proxy.Reset()
	d.pack("Goodbye")
	if result := d.must(); result.Status != "UPDATE_COMPLETE" || !result.Changed {
		t.Errorf("result %+v, want a stack that was updated", result)
	}
	d.account.CLI(t, &function, "lambda", "get-function", "--function-name", "Tested-hello")
	if function.Configuration.CodeSha256 == first.CodeSha256 {
		t.Error("the function has the code it had before")
	}
	if got := d.invokeDeployed(`{"name":"world"}`); got != `"Goodbye world"` {
		t.Errorf("the updated package answers %s", got)
	}
	if sent := d.proxy.Uploaded(); sent != d.pkg.Size {
		t.Errorf("%d bytes were uploaded, want the package's %d", sent, d.pkg.Size)
	}
}

// TestTheBucketForPackagesIsSafe reads the bucket that a deployment makes back.
func TestTheBucketForPackagesIsSafe(t *testing.T) {
	d := newDeployment(t)
	d.must()
	bucket := d.bucket()
	var versioning struct{ Status string }
	d.account.CLI(t, &versioning, "s3api", "get-bucket-versioning", "--bucket", bucket)
	if versioning.Status != "Enabled" {
		t.Errorf("versioning is %q", versioning.Status)
	}
	for command, want := range map[string]string{
		"get-bucket-encryption":              "SSEAlgorithm",
		"get-bucket-lifecycle-configuration": "NoncurrentDays",
		"get-bucket-policy":                  "aws:SecureTransport",
		"get-public-access-block":            `"RestrictPublicBuckets": true`,
	} {
		if got := d.account.CLI(t, nil, "s3api", command, "--bucket", bucket); !strings.Contains(string(got), want) {
			t.Errorf("%s: %s, want %s in it", command, got, want)
		}
	}
}

// TestProvisioningAnUnchangedServiceIsCheap holds the bounds that a user feels at each call.
func TestProvisioningAnUnchangedServiceIsCheap(t *testing.T) {
	d := newDeployment(t)
	d.must()
	d.proxy.Reset()
	began := time.Now()
	result := d.must()
	took := time.Since(began)
	t.Logf("%d calls in %s: %v", len(d.proxy.Calls()), took.Round(time.Millisecond), d.proxy.Calls())
	if result.Changed || len(result.Changes) != 0 || result.Status != "CREATE_COMPLETE" {
		t.Errorf("result %+v, want that nothing changed", result)
	}
	if calls := d.proxy.Calls(); len(calls) > 8 || d.proxy.Uploaded() != 0 {
		t.Errorf("%d calls, %d bytes uploaded, want at most 8 and none: %v", len(calls), d.proxy.Uploaded(), calls)
	}
	if took > 1500*time.Millisecond {
		t.Errorf("it took %s, want at most 1.5 s: %v", took, d.proxy.Calls())
	}
	if text := d.stdout.String() + d.log.String(); !strings.Contains(strings.ToLower(text), "no change") {
		t.Errorf("it does not say that nothing changed:\n%s", text)
	}
}

// TestNoOpLeavesNothing: no stack is created, not even one that is deleted again.
func TestNoOpLeavesNothing(t *testing.T) {
	d := newDeployment(t)
	d.options.NoOp = true
	if result := d.must(); result.Changed || len(result.Changes) == 0 {
		t.Errorf("result %+v, want changes that were not made", result)
	}
	var stacks struct{ Stacks []struct{ StackName string } }
	d.account.CLI(t, &stacks, "cloudformation", "describe-stacks")
	var deleted struct{ StackSummaries []struct{ StackName string } }
	d.account.CLI(t, &deleted, "cloudformation", "list-stacks")
	if len(deleted.StackSummaries) != 0 {
		t.Errorf("there were stacks: %v", deleted.StackSummaries)
	}
	var buckets struct{ Buckets []struct{ Name string } }
	d.account.CLI(t, &buckets, "s3api", "list-buckets")
	if len(stacks.Stacks) != 0 || len(buckets.Buckets) != 0 {
		t.Errorf("left are stacks %v and buckets %v", stacks.Stacks, buckets.Buckets)
	}
	if !strings.Contains(d.stdout.String(), "HelloFunction") {
		t.Errorf("the table of changes lacks the function:\n%s", d.stdout)
	}
	if _, err := os.Stat(filepath.Join(d.options.Workspace, "template.json")); err != nil {
		t.Error(err)
	}
}

// TestTheExampleIsDeployed builds examples/hello and answers from what was deployed.
func TestTheExampleIsDeployed(t *testing.T) {
	d, _ := deployExample(t, "hello", "HelloWorld")
	if got := d.invokeDeployed(`{"Name":"Ada"}`); got != `"Hello Ada, from Go inside Python"` {
		t.Errorf("the deployed package answers %s", got)
	}
}

// deployExample builds an example and deploys it, as a service of this function.
func deployExample(t *testing.T, example, function string) (*deployment, *spartamage.Artifact) {
	t.Helper()
	testrequire.Need(t, "aws", "gcc", "python")
	if testing.Short() {
		t.Skip("-short: it builds an application")
	}
	artifact, err := spartamage.Build(t.Context(), spartamage.BuildOptions{Dir: copyOf(t, example), Builder: "host"})
	if err != nil {
		t.Fatal(err)
	}
	d := newDeployment(t)
	d.service.Functions[0], err = sparta.NewAWSLambda(function, func() {}, sparta.IAMRoleDefinition{})
	if err != nil {
		t.Fatal(err)
	}
	d.pkg = provision.Package{
		Zip:    artifact.Zip,
		Size:   artifact.Size,
		GOARCH: artifact.GOARCH,
		Python: artifact.Python,
	}
	d.must()
	return d, artifact
}

// copyOf copies an example to a module of its own, whose folder a build may write to.
func copyOf(t *testing.T, example string) string {
	t.Helper()
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, name := range []string{"go.mod", "go.sum", filepath.Join("examples", example, "main.go")} {
		text, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			t.Fatal(err)
		}
		if name == "go.mod" {
			own := fmt.Sprintf(`module example.com/%s

require github.com/go-sparta/sparta v0.0.0

replace github.com/go-sparta/sparta => %s
`, example, root)
			text = []byte(strings.Replace(string(text), "module github.com/go-sparta/sparta\n", own, 1))
		}
		if err := os.WriteFile(filepath.Join(dir, filepath.Base(name)), text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// bucket is the account's only one.
func (d *deployment) bucket() string {
	d.t.Helper()
	var buckets struct{ Buckets []struct{ Name string } }
	d.account.CLI(d.t, &buckets, "s3api", "list-buckets")
	if len(buckets.Buckets) != 1 {
		d.t.Fatalf("the account has buckets %v, want one", buckets.Buckets)
	}
	return buckets.Buckets[0].Name
}

// invokeDeployed downloads the package that the stack's template names and runs its function on the event.
func (d *deployment) invokeDeployed(event string) string {
	d.t.Helper()
	testrequire.Need(d.t, "python")
	var template struct {
		TemplateBody struct {
			Resources map[string]struct {
				Type       string
				Properties struct {
					Handler string
					Code    struct{ S3Bucket, S3Key, S3ObjectVersion string }
				}
			}
		}
	}
	d.account.CLI(d.t, &template, "cloudformation", "get-template", "--stack-name", "Tested")
	for _, resource := range template.TemplateBody.Resources {
		if resource.Type != "AWS::Lambda::Function" {
			continue
		}
		code, path := resource.Properties.Code, filepath.Join(d.t.TempDir(), "deployed.zip")
		args := []string{"s3api", "get-object", "--bucket", code.S3Bucket, "--key", code.S3Key, path}
		if code.S3ObjectVersion != "" {
			args = append(args, "--version-id", code.S3ObjectVersion)
		}
		d.account.CLI(d.t, nil, args...)
		return invokeLocally(d.t, path, resource.Properties.Handler, event)
	}
	d.t.Fatalf("the template has no function: %+v", template)
	return ""
}

// invokeLocally runs the package as Lambda would.
func invokeLocally(t *testing.T, path, handler, event string) string {
	t.Helper()
	dir := t.TempDir()
	reader, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	for _, file := range reader.File {
		if file.FileInfo().IsDir() {
			continue
		}
		if err := unzip(file, filepath.Join(dir, filepath.FromSlash(file.Name))); err != nil {
			t.Fatal(err)
		}
	}
	var stderr testoutput.Output
	process, err := lambdaruntime.Start(t.Context(), lambdaruntime.Options{
		Dir: dir, Handler: handler, Stderr: &stderr, Workspace: t.TempDir(), Timeout: 30 * time.Second,
		Env: []string{"PYTHONDONTWRITEBYTECODE=1"},
	})
	if err != nil {
		t.Fatal(err)
	}
	defer process.Close()
	response, err := process.Invoke(t.Context(), lambdaruntime.Request{Payload: []byte(event)})
	if err != nil {
		t.Fatalf("%v\n%s", err, &stderr)
	}
	return string(response.Payload)
}

func unzip(file *zip.File, path string) error {
	source, err := file.Open()
	if err != nil {
		return err
	}
	defer source.Close()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	text, err := io.ReadAll(source)
	if err != nil {
		return err
	}
	return os.WriteFile(path, text, file.Mode()&fs.ModePerm)
}
