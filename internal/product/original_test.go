package product

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/commandline"
	"github.com/go-sparta/sparta/internal/testaws"
	"github.com/go-sparta/sparta/internal/testfiles"
	"github.com/go-sparta/sparta/internal/testrequire"
	"github.com/go-sparta/sparta/spartamage"
)

// originalApplication makes the current folder that of an unchanged application of the original Sparta, in an account
// of the stand-in.
func originalApplication(t *testing.T, name string) *testaws.Account {
	t.Helper()
	needHost(t)
	testrequire.Need(t, "aws", "modules")
	account := testaws.Start(t).Account(t)
	archive, err := os.ReadFile(filepath.Join("testdata", "original.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	root := testfiles.Unpack(t, string(archive))
	t.Chdir(filepath.Join(root, name))
	setenv(t, bareEnvironment(t.TempDir()))
	account.Setenv(t)
	t.Setenv("SPARTA_BUILDER", "host")
	return account
}

// packageSum is part of the keys of packages, whose bytes depend on the compiler.
var packageSum = regexp.MustCompile(`[0-9a-f]{64}\.zip`)

// checkTemplate compares the template with a golden file.
func checkTemplate(t *testing.T, golden string) {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(".sparta", "template.json"))
	if err != nil {
		t.Fatal(err)
	}
	var document map[string]any
	if err := json.Unmarshal(content, &document); err != nil {
		t.Fatal(err)
	}
	delete(document, "Metadata") // the build
	text, err := json.MarshalIndent(document, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	got := packageSum.ReplaceAllString(string(text), "SUM.zip") + "\n"
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the template is not that of %s (-update writes it):\n%s", golden, got)
	}
}

// invokeOriginal runs one of the application's functions on this machine.
func invokeOriginal(t *testing.T, function, event string) (stdout, stderr string, err error) {
	t.Helper()
	var out, errors bytes.Buffer
	err = spartamage.Invoke(t.Context(), spartamage.InvokeOptions{
		Function: function, Event: event, Stdout: &out, Stderr: &errors,
	})
	return strings.TrimSpace(out.String()), errors.String(), err
}

// ownFiles lists the current folder, without the workspace.
func ownFiles(t *testing.T) string {
	t.Helper()
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, entry := range entries {
		if entry.Name() != ".sparta" {
			names = append(names, entry.Name())
		}
	}
	return strings.Join(names, " ")
}

func TestAnOriginalApplicationWithAQueue(t *testing.T) {
	golden, err := filepath.Abs(filepath.Join("testdata", "original-queue.json"))
	if err != nil {
		t.Fatal(err)
	}
	account := originalApplication(t, "queue")
	var said, announced bytes.Buffer
	log := logrus.New()
	log.SetOutput(&announced)
	err = spartamage.Deploy(t.Context(), "provision", spartamage.DeployOptions{
		Build: spartamage.BuildOptions{Logger: log}, Args: []string{"--noop", "--s3Bucket=packages"},
		Stdout: &said, Stderr: &said,
	})
	if err != nil {
		t.Fatalf("%v\n%s%s", err, &announced, &said)
	}
	checkTemplate(t, golden)
	if got := ownFiles(t); got != "main.go" {
		t.Errorf("the folder has %s", got)
	}
	if want := commandline.Rendering("v1.15.0"); !strings.Contains(announced.String(), want) {
		t.Errorf("the target does not announce %s:\n%s", want, &announced)
	}
	if !strings.Contains(said.String(), "LogGroup") {
		t.Errorf("provision --noop does not show the log groups:\n%s", &said)
	}
	deployed(t, spartamage.Service{}, "provision")
	function := string(account.CLI(t, nil, "lambda", "get-function-configuration", "--function-name=OldOrders_Ship"))
	for _, want := range []string{"python3.13", "index.handler", "SPARTA_DISCOVERY_INFO", `"Timeout": 20`} {
		if !strings.Contains(function, want) {
			t.Errorf("the function lacks %s:\n%s", want, function)
		}
	}
	if mappings := string(account.CLI(t, nil, "lambda", "list-event-source-mappings")); !strings.Contains(mappings,
		":function:OldOrders_Ship") {
		t.Errorf("the mappings are %s", mappings)
	}
	if said := deployed(t, spartamage.Service{}, "provision"); !strings.Contains(said, "no changes") {
		t.Errorf("the same again has changes:\n%s", said)
	}
	if said := deployed(t, spartamage.Service{}, "status"); !strings.Contains(said, "OldOrders_Price_List") {
		t.Errorf("status shows\n%s", said)
	}
	deployed(t, spartamage.Service{}, "delete", "--yes")

	out, stderr, err := invokeOriginal(t, "Ship", `{"Records": [{"body": "1"}, {"body": "2"}]}`)
	if err != nil || out != `"2 orders are shipped"` || !strings.Contains(stderr, `"order":"2"`) {
		t.Errorf("Ship answers %s (error: %v)\n%s", out, err, stderr)
	}
	if out, stderr, err := invokeOriginal(t, "Price_List", "{}"); err != nil || out != `"OldOrders: tea 3"` {
		t.Errorf("Price_List answers %s (error: %v)\n%s", out, err, stderr)
	}
	if _, _, err := invokeOriginal(t, "", "{}"); err == nil ||
		!strings.Contains(err.Error(), "choose one with -function: Price_List, Ship") {
		t.Errorf("without a name, the error is %v", err)
	}
}

func TestAnOriginalApplicationWithSteps(t *testing.T) {
	golden, err := filepath.Abs(filepath.Join("testdata", "original-steps.json"))
	if err != nil {
		t.Fatal(err)
	}
	account := originalApplication(t, "steps")
	deployed(t, spartamage.Service{}, "provision", "--noop", "--s3Bucket=packages")
	checkTemplate(t, golden)
	deployed(t, spartamage.Service{}, "provision")
	machines := string(account.CLI(t, nil, "stepfunctions", "list-state-machines"))
	if !strings.Contains(machines, "RollDice") {
		t.Errorf("the state machines are %s", machines)
	}
	if said := deployed(t, spartamage.Service{}, "provision"); !strings.Contains(said, "no changes") {
		t.Errorf("the same again has changes:\n%s", said)
	}
	deployed(t, spartamage.Service{}, "delete", "--yes")
	if out, stderr, err := invokeOriginal(t, "", "{}"); err != nil || !strings.HasPrefix(out, `{"roll":`) {
		t.Errorf("the function answers %s (error: %v)\n%s", out, err, stderr)
	}
}

func TestAnOriginalApplicationWithASite(t *testing.T) {
	golden, err := filepath.Abs(filepath.Join("testdata", "original-site.json"))
	if err != nil {
		t.Fatal(err)
	}
	account := originalApplication(t, "site")
	deployed(t, spartamage.Service{}, "provision", "--noop", "--s3Bucket=packages")
	checkTemplate(t, golden)
	said := deployed(t, spartamage.Service{}, "provision")
	bucket := siteBucket(t, account)
	if got := objects(t, account, bucket); got != "MANIFEST.json css/site.css index.html" {
		t.Errorf("the site has %s\n%s", got, said)
	}
	if said := deployed(t, spartamage.Service{}, "provision"); !strings.Contains(said, "no changes") {
		t.Errorf("the same again has changes:\n%s", said)
	}
	if err := os.WriteFile(filepath.Join("resources", "news.html"), []byte("news"), 0o600); err != nil {
		t.Fatal(err)
	}
	deployed(t, spartamage.Service{}, "provision")
	if got := objects(t, account, bucket); got != "MANIFEST.json css/site.css index.html news.html" {
		t.Errorf("after a change the site has %s", got)
	}
	deployed(t, spartamage.Service{}, "delete", "--yes")

	event := `{"method": "GET", "queryParams": {"name": "Ann"}}`
	if out, stderr, err := invokeOriginal(t, "Hello", event); err != nil || !strings.Contains(out, `{"hello":"Ann"}`) {
		t.Errorf("Hello answers %s (error: %v)\n%s", out, err, stderr)
	}
}

func siteBucket(t *testing.T, account *testaws.Account) string {
	t.Helper()
	return strings.TrimSpace(string(account.CLI(t, nil, "s3api", "list-buckets", "--output=text",
		"--query=Buckets[?contains(Name,'s3site')].Name")))
}

// objects lists the keys in a bucket.
func objects(t *testing.T, account *testaws.Account, bucket string) string {
	t.Helper()
	keys := string(account.CLI(t, nil, "s3api", "list-objects-v2", "--bucket="+bucket, "--output=text",
		"--query=Contents[].Key"))
	return strings.Join(strings.Fields(keys), " ")
}

// A stack that the original Sparta has deployed is updated in place, under its own logical IDs.
func TestAStackOfTheOriginalIsAdopted(t *testing.T) {
	account := originalApplication(t, "site")
	deployed(t, spartamage.Service{}, "provision", "--noop", "--s3Bucket=packages-of-sparta")
	path := filepath.Join(".sparta", "original", "OldSite-cftemplate.json")
	rendered, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	account.CLI(t, nil, "s3api", "create-bucket", "--bucket=packages-of-sparta")
	for pattern, file := range map[string]string{
		`OldSite/OldSite-code-[0-9a-f]+\.zip`:   filepath.Join(".sparta", "site.zip"),
		`OldSite/OldSite-S3Site-[0-9a-f]+\.zip`: filepath.Join(".sparta", "original", "OldSite-S3Site.zip"),
	} {
		key := regexp.MustCompile(pattern).FindString(string(rendered))
		if key == "" {
			t.Fatalf("the template of Sparta has no %s:\n%s", pattern, rendered)
		}
		account.CLI(t, nil, "s3api", "put-object", "--bucket=packages-of-sparta", "--key="+key, "--body="+file)
	}
	account.CLI(t, nil, "cloudformation", "deploy", "--stack-name=OldSite", "--capabilities=CAPABILITY_IAM",
		"--template-file="+path)
	before := resourceIDs(t, account)
	bucket := siteBucket(t, account)

	said, err := deploy(t, spartamage.Service{}, "provision")
	if err == nil || !strings.Contains(said, "-adopt=OldSite") {
		t.Errorf("without -adopt: %v\n%s", err, said)
	}
	said = deployed(t, spartamage.Service{}, "provision", "--adopt=OldSite", "--yes")
	after := resourceIDs(t, account)
	for id := range before {
		if !after[id] && !strings.HasPrefix(id, "APIGatewayDeployment") {
			t.Errorf("resource %s is gone:\n%s", id, said)
		}
	}
	for id := range after {
		if !before[id] && !strings.HasPrefix(id, "APIGatewayDeployment") {
			t.Errorf("resource %s is new:\n%s", id, said)
		}
	}
	if got := objects(t, account, bucket); got != "MANIFEST.json css/site.css index.html" {
		t.Errorf("the site has %s\n%s", got, said)
	}
	if said := deployed(t, spartamage.Service{}, "provision"); !strings.Contains(said, "no changes") {
		t.Errorf("the same again, without -adopt, has changes:\n%s", said)
	}
}

func resourceIDs(t *testing.T, account *testaws.Account) map[string]bool {
	t.Helper()
	ids := map[string]bool{}
	for _, id := range strings.Fields(string(account.CLI(t, nil, "cloudformation", "list-stack-resources",
		"--stack-name=OldSite", "--output=text", "--query=StackResourceSummaries[].LogicalResourceId"))) {
		ids[id] = true
	}
	return ids
}

func TestOriginalApplicationsThatCannotBeDeployed(t *testing.T) {
	originalApplication(t, "queue")
	source, err := os.ReadFile("main.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ name, old, changed, want string }{
		{
			"it does not compile", `Integer(60)`, `Integer("60")`,
			"it has to compile with its own Sparta v1.15.0 (go build): ",
		},
		{
			"its Sparta refuses it", `"Price List", prices`, `"Ship", prices`,
			"render the template with the application's own Sparta v1.15.0: ",
		},
		{
			"a runtime has ended", `template.AddResource(queue,`,
			"template.AddResource(\"Old\", &gocf.LambdaFunction{" +
				"Runtime: gocf.String(\"nodejs8.10\"), Code: &gocf.LambdaFunctionCode{ZipFile: gocf.String(\"\")}, " +
				"Handler: gocf.String(\"index.x\"), Role: gocf.String(\"r\")})\n\ttemplate.AddResource(queue,",
			"resource Old has the runtime nodejs8.10, with which Lambda neither creates nor updates functions: ",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			changed := strings.Replace(string(source), test.old, test.changed, 1)
			if err := os.WriteFile("main.go", []byte(changed), 0o600); err != nil {
				t.Fatal(err)
			}
			said, err := deploy(t, spartamage.Service{}, "provision", "--noop")
			if err == nil || !strings.Contains(said+err.Error(), test.want) {
				t.Errorf("error is %v, want %s\n%s", err, test.want, said)
			}
			if got := ownFiles(t); got != "main.go" {
				t.Errorf("the folder has %s", got)
			}
		})
	}
}
