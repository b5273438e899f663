package provision_test

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

// withQueueAndBucket adds a queue, a log group, and a bucket of this name.
func withQueueAndBucket(bucket any) *sparta.WorkflowHooks {
	return &sparta.WorkflowHooks{PreMarshall: []sparta.WorkflowHook{
		func(_ context.Context, workflow *sparta.Workflow) error {
			workflow.Template.Resources["Orders"] = &cloudformation.Resource{Type: "AWS::SQS::Queue"}
			workflow.Template.Resources["Assets"] = &cloudformation.Resource{
				Type: "AWS::S3::Bucket", Properties: map[string]any{"BucketName": bucket},
			}
			workflow.Template.Resources["Texts"] = &cloudformation.Resource{
				Type:       "AWS::Logs::LogGroup",
				Properties: map[string]any{"LogGroupName": cloudformation.Sub("/${AWS::StackName}/texts")},
			}
			return nil
		},
	}}
}

// A function finds what it depends on in its environment, as the stack has made it.
func TestAFunctionDiscoversItsStack(t *testing.T) {
	d := newDeployment(t)
	hello := d.service.Functions[0]
	hello.DependsOn = []string{"Orders", "Assets", "Late"}
	hello.Options.Alias = "live"
	d.service.Hooks = withQueueAndBucket("tested-assets")
	d.service.Hooks.ServiceDecorator = func(_ context.Context, workflow *sparta.Workflow) error {
		workflow.Template.Resources["Late"] = &cloudformation.Resource{Type: "AWS::SNS::Topic"}
		return nil
	}
	result := d.must()
	var configuration struct {
		Environment struct{ Variables map[string]string }
	}
	d.account.CLI(t, &configuration, "lambda", "get-function-configuration", "--function-name", "Tested-hello",
		"--qualifier", "live")
	var queues struct{ QueueUrls []string }
	d.account.CLI(t, &queues, "sqs", "list-queues")
	var topics struct{ Topics []struct{ TopicArn string } }
	d.account.CLI(t, &topics, "sns", "list-topics")
	text, err := base64.StdEncoding.DecodeString(configuration.Environment.Variables["SPARTA_DISCOVERY_INFO"])
	if err != nil || len(queues.QueueUrls) != 1 || len(topics.Topics) != 1 {
		t.Fatalf("error %v, queues %v, topics %v", err, queues, topics)
	}
	var got sparta.DiscoveryInfo
	if err := json.Unmarshal(text, &got); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	queue, topic := queues.QueueUrls[0], topics.Topics[0].TopicArn
	queueName := queue[strings.LastIndexByte(queue, '/')+1:]
	account := strings.Split(topic, ":")[4]
	queue = "https://sqs.us-east-1.amazonaws.com/" + account + "/" + queueName // the CLI shows the stand-in's host
	want := sparta.DiscoveryInfo{
		ResourceID: "HelloFunction", Region: "us-east-1", StackID: result.StackID, StackName: "Tested",
		Resources: map[string]sparta.DiscoveryResource{
			"Orders": {
				ResourceID: "Orders", ResourceRef: queue, ResourceType: "AWS::SQS::Queue",
				Properties: map[string]string{
					"Arn": "arn:aws:sqs:us-east-1:" + account + ":" + queueName, "QueueName": queueName,
				},
			},
			"Assets": {
				ResourceID: "Assets", ResourceRef: "tested-assets", ResourceType: "AWS::S3::Bucket",
				Properties: map[string]string{
					"DomainName": "tested-assets.s3.amazonaws.com",
					"WebsiteURL": "http://tested-assets.s3-website.us-east-1.amazonaws.com",
				},
			},
			"Late": {
				ResourceID: "Late", ResourceRef: topic, ResourceType: "AWS::SNS::Topic",
				Properties: map[string]string{"TopicName": topic[strings.LastIndexByte(topic, ':')+1:]},
			},
		},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("the function discovers\n%+v\nwant\n%+v", got, want)
	}
	if result := d.must(); result.Changed {
		t.Errorf("an unchanged service changes %+v", result.Changes)
	}
	hello.DependsOn = hello.DependsOn[:2]
	changed := d.must()
	var ids []string
	for _, change := range changed.Changes {
		id := change.LogicalID
		if strings.HasPrefix(id, "HelloVersion") {
			id = "HelloVersion"
		}
		ids = append(ids, change.Action+" "+id)
	}
	slices.Sort(ids)
	wantChanges := []string{"Add HelloVersion", "Modify HelloAlias", "Modify HelloFunction", "Remove HelloVersion"}
	if !slices.Equal(ids, wantChanges) {
		t.Errorf("a dependency less makes the changes %v, want %v", ids, wantChanges)
	}
}

// Functions at edge locations have no environment, so their package contains what they discover.
func TestAFunctionForEdgeLocationsDiscoversWhatItsPackageContains(t *testing.T) {
	d := newDeployment(t)
	hello := d.service.Functions[0]
	hello.Options.Edge = true
	hello.DependsOn = []string{"Assets", "Texts", "other"}
	d.service.Functions = append(d.service.Functions,
		sparta.HandleAWSLambda("other", func() {}, sparta.IAMRoleDefinition{}))
	d.service.Hooks = withQueueAndBucket(cloudformation.Sub("assets-${AWS::Region}"))
	d.must()

	path := filepath.Join(d.options.Workspace, "edge", "Tested.zip")
	reader, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	var names []string
	for _, file := range reader.File {
		names = append(names, file.Name)
	}
	if want := []string{"index.py", "sparta-discovery.json"}; !slices.Equal(names, want) {
		t.Fatalf("the package has %v, want %v", names, want)
	}
	file, err := reader.Open("sparta-discovery.json")
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(file)
	const want = `{"hello":{"ResourceID":"HelloFunction","Region":"us-east-1","StackID":"","StackName":"Tested",` +
		`"Resources":{"Assets":{"ResourceID":"Assets","ResourceRef":"assets-us-east-1",` +
		`"ResourceType":"AWS::S3::Bucket","Properties":{"DomainName":"assets-us-east-1.s3.amazonaws.com",` +
		`"WebsiteURL":"http://assets-us-east-1.s3-website-us-east-1.amazonaws.com"}},` +
		`"Texts":{"ResourceID":"Texts","ResourceRef":"/Tested/texts","ResourceType":"AWS::Logs::LogGroup",` +
		`"Properties":{}},"other":{"ResourceID":"OtherFunction","ResourceRef":"Tested-other",` +
		`"ResourceType":"AWS::Lambda::Function",` +
		`"Properties":{}}}}}`
	if err != nil || strings.TrimSpace(string(text)) != want {
		t.Errorf("the file is (error: %v)\n%s\nwant\n%s", err, text, want)
	}
	var deployed struct{ Configuration struct{ CodeSha256 string } }
	d.account.CLI(t, &deployed, "lambda", "get-function", "--function-name", "Tested-hello")
	content, err := os.ReadFile(path)
	sum := sha256.Sum256(content)
	if got := deployed.Configuration.CodeSha256; err != nil || got != base64.StdEncoding.EncodeToString(sum[:]) {
		t.Errorf("the function has the code %s, not that of %s (error: %v)", got, path, err)
	}
	if result := d.must(); result.Changed {
		t.Errorf("an unchanged service changes %+v", result.Changes)
	}
	hello.DependsOn = []string{"Orders"}
	_, err = d.run()
	const unknown = "function hello: Orders of DependsOn: a function for edge locations has no environment: " +
		"its package contains what is known before the deployment, but the Ref of an AWS::SQS::Queue is not: " +
		"remove it from DependsOn"
	if err == nil || !strings.HasPrefix(err.Error(), unknown) {
		t.Errorf("error is %v\n    want %s", err, unknown)
	}
}
