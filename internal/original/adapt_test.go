package original

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/cloudformation"
)

// function is a function as Sparta renders it.
const function = `{"Type": "AWS::Lambda::Function", "Properties": {
	"Runtime": "go1.x", "Handler": "Sparta.lambda.amd64", "Code": {"S3Bucket": "b", "S3Key": "Shop/Shop-code-1.zip"},
	"FunctionName": {"Fn::Join": ["", [{"Ref": "AWS::StackName"}, "_", "Hello"]]}}}`

// rendered is what an application has written.
func rendered(t *testing.T, resources string) *Rendered {
	t.Helper()
	path := filepath.Join(t.TempDir(), "template.json")
	text := `{"AWSTemplateFormatVersion": "2010-09-09", "Resources": ` + resources + `}`
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return &Rendered{Template: path}
}

func read(t *testing.T, resources string) *cloudformation.Template {
	t.Helper()
	template, err := rendered(t, resources).ReadTemplate()
	if err != nil {
		t.Fatal(err)
	}
	return template
}

// Sparta logs the service's name only at some levels.
func TestTheServiceHasTheNameThatIsInTheKeyOfThePackage(t *testing.T) {
	service, err := NewService(rendered(t, `{"Hello": `+function+`}`))
	if err != nil || service.Name != "Shop" {
		t.Errorf("service is %+v, error is %v", service, err)
	}
	_, err = NewService(rendered(t, `{"Topic": {"Type": "AWS::SNS::Topic"}}`))
	if want := "has no function of the runtime go1.x with Sparta's package"; err == nil ||
		!strings.Contains(err.Error(), want) {
		t.Errorf("error is %v, want %s", err, want)
	}
}

func TestFunctionsGetTheRuntimeAndThePackage(t *testing.T) {
	template := read(t, `{"Hello": `+function+`, "Other": {"Type": "X::Y::Z", "Properties": {
		"Key": "Shop/Shop-code-1.zip", "Bucket": "`+PlaceholderBucket+`", "Count": 12345678901234567}}}`)
	target := Target{Python: "python3.13", Architecture: "arm64", Bucket: "packages", Key: "new.zip"}
	if _, err := Adapt(template, target); err != nil {
		t.Fatal(err)
	}
	got, err := json.Marshal(template.Resources)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`"Runtime":"python3.13"`, `"Handler":"index.handler"`, `"Architectures":["arm64"]`,
		`"Code":{"S3Bucket":"packages","S3Key":"new.zip"}`,
		`"Bucket":"packages","Count":12345678901234567,"Key":"new.zip"`,
		`"LogGroupName":{"Fn::Sub":"/aws/lambda/${AWS::StackName}_Hello"}`,
	} {
		if !strings.Contains(string(got), want) {
			t.Errorf("the resources lack %s:\n%s", want, got)
		}
	}
}

func TestThePlaceholderOfTheBucketIsReplacedInTexts(t *testing.T) {
	for name, test := range map[string]struct {
		bucket any
		want   string
	}{
		"a name": {"packages", `{"Resource":"arn:aws:s3:::packages/*"}`},
		"a parameter": {
			map[string]any{"Ref": "B"}, `{"Resource":{"Fn::Join":["",["arn:aws:s3:::",{"Ref":"B"},"/*"]]}}`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			template := read(t, `{"Hello": `+function+`, "It": {"Type": "X::Y::Z", "Properties": {
				"Resource": "arn:aws:s3:::`+PlaceholderBucket+`/*"}}}`)
			if _, err := Adapt(template, Target{Bucket: test.bucket}); err != nil {
				t.Fatal(err)
			}
			got, err := json.Marshal(template.Resources["It"].Properties)
			if err != nil || string(got) != test.want {
				t.Errorf("the properties are %s (error: %v), want %s", got, err, test.want)
			}
		})
	}
}

func TestLogGroupsThatMayExistAreNotAdded(t *testing.T) {
	for name, test := range map[string]struct {
		live map[string]string
		want bool
	}{
		"there is no stack":   {nil, true},
		"the function is new": {map[string]string{"Role": "AWS::IAM::Role"}, true},
		"the function exists": {map[string]string{"Hello": functionType}, false},
		"the log group exists too": {
			map[string]string{"Hello": functionType, "HelloLogGroup": "AWS::Logs::LogGroup"}, true,
		},
	} {
		t.Run(name, func(t *testing.T) {
			template := read(t, `{"Hello": `+function+`}`)
			if _, err := Adapt(template, Target{Live: test.live}); err != nil {
				t.Fatal(err)
			}
			if got := template.Resources["HelloLogGroup"] != nil; got != test.want {
				t.Errorf("there is a log group: %t, want %t", got, test.want)
			}
		})
	}
}

func TestWhatAWSNoLongerHasIsAnError(t *testing.T) {
	for name, test := range map[string]struct{ resource, want string }{
		"a runtime": {
			`{"Type": "AWS::Lambda::Function", "Properties": {"Runtime": "nodejs8.10"}}`,
			"resource It has the runtime nodejs8.10, with which Lambda neither creates nor updates functions: " +
				"use a newer one in the hook or decorator that adds it",
		},
		"a runtime for new functions": {
			`{"Type": "AWS::Lambda::Function", "Properties": {"Runtime": "nodejs14.x"}}`,
			"resource It has the runtime nodejs14.x, with which Lambda creates no functions: " +
				"use a newer one in the hook or decorator that adds it",
		},
		"a package of its own": {
			`{"Type": "AWS::Lambda::Function", "Properties": {"Runtime": "go1.x", "Code": {"S3Key": "tool.zip"}}}`,
			"resource It has the runtime go1.x and a package of its own, which Lambda no longer runs: " +
				"use provided.al2023 in the hook or decorator that adds it",
		},
		"a resource type": {
			`{"Type": "AWS::IoT1Click::Device"}`,
			"resource It is of type AWS::IoT1Click::Device, whose service AWS has shut down: " +
				"remove it from the hook or decorator that adds it",
		},
	} {
		t.Run(name, func(t *testing.T) {
			target := Target{Live: map[string]string{"Other": functionType}}
			if _, err := Adapt(read(t, `{"It": `+test.resource+`}`), target); err == nil || err.Error() != test.want {
				t.Errorf("error is %v, want %s", err, test.want)
			}
		})
	}
}

func TestFunctionsKeepRuntimesThatLambdaUpdates(t *testing.T) {
	for name, test := range map[string]struct {
		runtime string
		live    map[string]string
	}{
		"it exists":                      {"nodejs14.x", map[string]string{"It": functionType}},
		"whether it exists is not known": {"nodejs14.x", nil},
		"new, with a deprecated one":     {"python3.9", map[string]string{}},
	} {
		t.Run(name, func(t *testing.T) {
			template := read(t, `{"It": {"Type": "AWS::Lambda::Function", "Properties": {"Runtime": "`+
				test.runtime+`"}}}`)
			if _, err := Adapt(template, Target{Live: test.live}); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestTheDeploymentOfAnAPI(t *testing.T) {
	const method = `"M": {"Type": "AWS::ApiGateway::Method", "Properties": {"HttpMethod": "GET"}}`
	id := func(method, random string, live map[string]string) (string, bool) {
		template := read(t, `{`+method+`, "APIGatewayDeployment`+random+`": {"Type": "AWS::ApiGateway::Deployment",
			"Properties": {"StageName": "v1", "StageDescription": {}}}}`)
		if _, err := Adapt(template, Target{Live: live}); err != nil {
			t.Fatal(err)
		}
		for id, resource := range template.Resources {
			if id != "M" {
				return id, resource.Properties["StageDescription"] != nil
			}
		}
		return "", false
	}
	created, describes := id(method, "1", nil)
	if !describes {
		t.Error("the first deployment does not describe its stage")
	}
	live := map[string]string{created: "AWS::ApiGateway::Deployment"}
	if again, describes := id(method, "2", live); again != created || !describes {
		t.Errorf("the same API is deployed again: %s, then %s", created, again)
	}
	other, describes := id(strings.Replace(method, "GET", "PUT", 1), "1", live)
	if other == created || describes {
		t.Errorf("a changed API is deployed as %s, after %s; it describes the stage: %t", other, created, describes)
	}
}

func TestTheDeploymentOfAWebSocketAPI(t *testing.T) {
	deployment := func(route, random string) string {
		id := "APIV2GatewayDeployment" + random
		template := read(t, `{"R": {"Type": "AWS::ApiGatewayV2::Route", "Properties": {"RouteKey": "`+route+`"}},
			"`+id+`": {"Type": "AWS::ApiGatewayV2::Deployment", "DeletionPolicy": "Retain"},
			"Stage": {"Type": "AWS::ApiGatewayV2::Stage", "DependsOn": ["`+id+`"], "Properties": {
				"DeploymentId": {"Ref": "`+id+`"}, "Other": [{"Fn::GetAtt": ["`+id+`", "DeploymentId"]}]}}}`)
		if _, err := Adapt(template, Target{}); err != nil {
			t.Fatal(err)
		}
		stage := template.Resources["Stage"]
		got := stage.DependsOn[0]
		if template.Resources[got] == nil || len(template.Resources) != 3 {
			t.Errorf("the template has %v", template.Resources)
		}
		text, err := json.Marshal(stage.Properties)
		want := `{"DeploymentId":{"Ref":"` + got + `"},"Other":[{"Fn::GetAtt":["` + got + `","DeploymentId"]}]}`
		if err != nil || string(text) != want {
			t.Errorf("the stage is %s (error: %v), want %s", text, err, want)
		}
		return got
	}
	dependsOnContent(t, deployment, "$connect", "$default")
}

// dependsOnContent fails the test if a logical ID does not depend on the content of its resource alone. Sparta's own
// IDs have a random part.
func dependsOnContent(t *testing.T, id func(content, random string) string, content, other string) {
	t.Helper()
	first := id(content, "1")
	if again := id(content, "2"); again != first {
		t.Errorf("with the same content, the IDs are %s and %s", first, again)
	}
	if changed := id(other, "1"); changed == first {
		t.Errorf("with another content, the ID is still %s", changed)
	}
}

func TestTheVersionOfAFunction(t *testing.T) {
	published := func(memory, random string) string {
		id := "Shop" + random
		hello := strings.Replace(function, `"Handler"`, `"MemorySize": `+memory+`, "Handler"`, 1)
		template := read(t, `{"Hello": `+hello+`,
			"`+id+`": {"Type": "AWS::Lambda::Version", "Properties": {"FunctionName": {"Ref": "Hello"}}},
			"Other": {"Type": "AWS::Lambda::Version", "Properties": {"FunctionName": "arn:aws:lambda:function:other"}},
			"Live": {"Type": "AWS::Lambda::Alias", "DependsOn": ["`+id+`"], "Properties": {
				"FunctionVersion": {"Fn::GetAtt": ["`+id+`", "Version"]}}}}`)
		if _, err := Adapt(template, Target{Key: "new.zip"}); err != nil {
			t.Fatal(err)
		}
		alias := template.Resources["Live"]
		got := alias.DependsOn[0]
		if template.Resources[got] == nil || template.Resources[id] != nil || template.Resources["Other"] == nil {
			t.Errorf("the template has %v", template.Resources)
		}
		text, err := json.Marshal(alias.Properties)
		if want := `{"FunctionVersion":{"Fn::GetAtt":["` + got + `","Version"]}}`; err != nil || string(text) != want {
			t.Errorf("the alias is %s (error: %v), want %s", text, err, want)
		}
		return got
	}
	dependsOnContent(t, published, "128", "256")
}

func TestTheSiteBuilderKeepsItsLogicalID(t *testing.T) {
	const site = `{"S3SiteBuilder1": {
		"Type": "AWS::CloudFormation::CustomResource", "Properties": {"SrcKeyName": "k"}}}`
	template := read(t, site)
	if _, err := Adapt(template, Target{Live: map[string]string{"S3SiteBuilder9": customType}}); err != nil {
		t.Fatal(err)
	}
	if template.Resources["S3SiteBuilder9"] == nil || len(template.Resources) != 1 {
		t.Errorf("the template has %v", template.Resources)
	}
	first, second := read(t, site), read(t, strings.ReplaceAll(site, "Builder1", "Builder2"))
	for _, template := range []*cloudformation.Template{first, second} {
		if _, err := Adapt(template, Target{Service: "Shop"}); err != nil {
			t.Fatal(err)
		}
	}
	for id := range first.Resources {
		if second.Resources[id] == nil {
			t.Errorf("the logical ID %s is not kept", id)
		}
	}
}

func TestTheProgramOfFunctionsIsNotCompiled(t *testing.T) {
	for name, test := range map[string]struct {
		args []string
		want string
	}{
		"Sparta's build": {
			[]string{"build", "-o", "Sparta.lambda.amd64", "-tags", "lambdabinary linux noop ", "."},
			"Sparta.lambda.amd64",
		},
		"Sparta's build in a container": {
			[]string{"run", "--rm", "golang:1.26", "go", "build", "-o", "app", "-tags", "lambdabinary", "."}, "app",
		},
		"a build of a hook":   {[]string{"build", "-o", "tool", "-tags", "linux", "./tool"}, ""},
		"a build of an image": {[]string{"build", "-o", "x", "-tags", "other", "."}, ""},
		"go generate":         {[]string{"generate"}, ""},
		"nothing":             {nil, ""},
	} {
		if got := output(test.args); got != test.want {
			t.Errorf("%s: the output is %q, want %q", name, got, test.want)
		}
	}
}

// Sparta renders responses and dependencies in the random order of Go's maps.
func TestTheOrderOfARenderingDoesNotMatter(t *testing.T) {
	render := func(first, second string) string {
		template := read(t, `{"M": {"Type": "AWS::ApiGateway::Method", "DependsOn": ["D`+first+`", "D`+second+`"],
			"Properties": {
				"MethodResponses": [{"StatusCode": "`+first+`"}, {"StatusCode": "`+second+`"}],
				"Integration": {"IntegrationResponses": [{"StatusCode": `+first+`}, {"StatusCode": `+second+`}]}}}}`)
		if _, err := Adapt(template, Target{}); err != nil {
			t.Fatal(err)
		}
		text, err := json.Marshal(template)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	if one, other := render("200", "400"), render("400", "200"); one != other {
		t.Errorf("the templates are\n%s\n%s", one, other)
	}
}
