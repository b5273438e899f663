package template

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

// withEverythingToDiscover has a resource of each type whose attributes functions can discover.
func withEverythingToDiscover() *cloudformation.Template {
	template := withResources()
	template.Conditions["InUSEast1"] = cloudformation.Equals{Left: cloudformation.Region, Right: "us-east-1"}
	template.Resources["Sometimes"] = &cloudformation.Resource{Type: "AWS::SQS::Queue", Condition: "InUSEast1"}
	template.Resources["Bucket"] = &cloudformation.Resource{Type: "AWS::S3::Bucket"}
	template.Resources["Stream"] = &cloudformation.Resource{Type: "AWS::Kinesis::Stream"}
	for id, more := range map[string]map[string]any{
		"Table":   nil,
		"Streams": {"StreamSpecification": map[string]any{"StreamViewType": "KEYS_ONLY"}},
	} {
		template.Resources[id] = &cloudformation.Resource{
			Type: "AWS::DynamoDB::Table", DeletionPolicy: "Delete", UpdateReplacePolicy: "Delete",
			Properties: map[string]any{
				"BillingMode":          "PAY_PER_REQUEST",
				"AttributeDefinitions": []any{map[string]any{"AttributeName": "id", "AttributeType": "S"}},
				"KeySchema":            []any{map[string]any{"AttributeName": "id", "KeyType": "HASH"}},
			},
		}
		for property, value := range more {
			template.Resources[id].Properties[property] = value
		}
	}
	return template
}

// discovering is a function that depends on something.
func discovering(
	name string, change func(*sparta.LambdaFunctionOptions), dependsOn ...string,
) *sparta.LambdaAWSInfo {
	info := testFunction(name, ownRole(), change)
	info.DependsOn = dependsOn
	return info
}

func alias(o *sparta.LambdaFunctionOptions) { o.Alias = "live" }

// discoveryCases are the templates of functions that discover something, by the names of their files.
func discoveryCases() map[string]templateCase {
	return map[string]templateCase{
		"discovery": {before: withEverythingToDiscover, service: testService(
			discovering("all", func(o *sparta.LambdaFunctionOptions) {
				o.Alias = "live"
				o.Environment = map[string]any{"SIZE": "1"}
			}, "Queue", "Topic", "Sometimes", "Bucket", "Stream", "Table", "Streams", "other_one",
				"SecondTemplateMakeThingResource"),
			requiring("second", nil, nil),
			discovering("other_one", nil, "Queue"),
			discovering("own_variable", func(o *sparta.LambdaFunctionOptions) {
				o.Environment = map[string]any{"SPARTA_DISCOVERY_INFO": `{"StackName":"x"}`}
			}, "Queue"),
		)},
	}
}

// What a function discovers belongs to its version, and names and ARNs of functions do not follow from definitions.
func TestVersionsOfFunctionsThatDiscover(t *testing.T) {
	version := func(functions ...*sparta.LambdaAWSInfo) string {
		t.Helper()
		template := withResources()
		if err := AddTo(template, testService(functions...), testPackage, testCode); err != nil {
			t.Fatal(err)
		}
		for id := range template.Resources {
			if strings.HasPrefix(id, "FVersion") {
				return id
			}
		}
		t.Fatal("there is no version")
		return ""
	}
	f := func(dependsOn ...string) *sparta.LambdaAWSInfo { return discovering("f", alias, dependsOn...) }
	other := func() *sparta.LambdaAWSInfo { return testFunction("other_one", ownRole(), nil) }
	larger := testFunction("other_one", ownRole(), func(o *sparta.LambdaFunctionOptions) { o.MemorySize = 512 })
	first := version(f("Queue", "other_one"), other())
	for name, test := range map[string]struct {
		functions []*sparta.LambdaAWSInfo
		changes   bool
	}{
		"another order of functions":      {[]*sparta.LambdaAWSInfo{other(), f("Queue", "other_one")}, false},
		"another order of dependencies":   {[]*sparta.LambdaAWSInfo{f("other_one", "Queue"), other()}, false},
		"another setting of the function": {[]*sparta.LambdaAWSInfo{f("Queue", "other_one"), larger}, false},
		"a dependency more":               {[]*sparta.LambdaAWSInfo{f("Queue", "Topic", "other_one"), other()}, true},
		"a dependency less":               {[]*sparta.LambdaAWSInfo{f("other_one"), other()}, true},
		"no dependency":                   {[]*sparta.LambdaAWSInfo{f(), other()}, true},
	} {
		t.Run(name, func(t *testing.T) {
			if got := version(test.functions...); (got != first) != test.changes {
				t.Errorf("the version went from %s to %s", first, got)
			}
		})
	}
}

func TestWhatCannotBeDiscovered(t *testing.T) {
	var many []string
	template := withResources()
	for i := range 30 {
		id := fmt.Sprintf("AQueueWithALongName%d", i)
		template.Resources[id], many = &cloudformation.Resource{Type: "AWS::SQS::Queue"}, append(many, id)
	}
	hooked := func(environment any) func(*cloudformation.Template) {
		return func(t *cloudformation.Template) { t.Resources["FFunction"].Properties["Environment"] = environment }
	}
	for name, test := range map[string]struct {
		dependsOn []string
		hook      func(*cloudformation.Template)
		want      string
	}{
		"more than the environment can hold": {
			many, nil, "function f: environment of at least 8948 bytes as JSON is too large",
		},
		"an environment of a hook's own": {
			[]string{"Queue"}, hooked("none"), "function f: a hook has replaced the environment of FFunction",
		},
	} {
		t.Run(name, func(t *testing.T) {
			service := testService(discovering("f", nil, test.dependsOn...))
			if err := AddTo(template, service, testPackage, testCode); err != nil {
				t.Fatal(err)
			}
			if test.hook != nil {
				test.hook(template)
			}
			err := Connect(template, service)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error is %v\n    want %s", err, test.want)
			}
			for id := range template.Resources {
				if strings.HasPrefix(id, "F") {
					delete(template.Resources, id)
				}
			}
		})
	}
}

func TestWhatCannotBeDiscoveredAtTheEdge(t *testing.T) {
	edge := func(o *sparta.LambdaFunctionOptions) { o.Edge = true }
	template := withEverythingToDiscover()
	template.Resources["Streams"].Properties["TableName"] = "fixed"
	template.Resources["Bucket"].Properties = map[string]any{
		"BucketName": cloudformation.Sub("assets-${AWS::AccountId}"),
	}
	service := testService(discovering("f", edge, "Topic", "Table", "Streams", "Bucket", "Missing"),
		discovering("g", nil, "Topic"))
	workspace := t.TempDir()
	packed, err := PackForEdge(template, service, "missing.zip", workspace)
	var got []string
	if err != nil {
		got = strings.Split(err.Error(), "\n")
	}
	for i, line := range got {
		line = strings.TrimPrefix(line, "function f: ")
		got[i] = strings.Replace(line, " of DependsOn: a function for edge locations has no environment: "+
			"its package contains what is known before the deployment, but", ":", 1)
	}
	want := []string{
		"Bucket: the resource's BucketName is not: set it to text, or remove the resource from DependsOn",
		"Missing: the resource does not exist yet: add it in a PreMarshall hook, or remove it from DependsOn",
		"Streams: StreamArn is not: remove the resource from DependsOn",
		"Table: the resource's TableName is not: set it to text, or remove the resource from DependsOn",
		"Topic: the Ref of an AWS::SNS::Topic is not: remove it from DependsOn",
		"if DependsOn has it only for the order of the deployment: add it to Workflow.Resource.DependsOn in a " +
			"decorator of the function instead",
	}
	if packed != nil || !slices.Equal(got, want) {
		t.Errorf("errors are\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if _, err := os.Stat(filepath.Join(workspace, "edge")); err == nil {
		t.Error("something was packed")
	}
}
