package original

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/localservice"
	"github.com/go-sparta/sparta/internal/sample"
	"github.com/go-sparta/sparta/sparta/apigateway"
)

// described describes the service of a template.
func described(t *testing.T, r *Rendered) localservice.Service {
	t.Helper()
	service, err := NewService(r)
	if err != nil {
		t.Fatal(err)
	}
	local, problem, err := service.Local(true)
	if err != nil || problem != nil {
		t.Fatal(err, problem)
	}
	return local
}

// golden is a template of internal/product, which has been adapted, as Sparta renders it.
func golden(t *testing.T, name string) *Rendered {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("..", "product", "testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	var template map[string]json.RawMessage
	if err := json.Unmarshal(content, &template); err != nil {
		t.Fatal(err)
	}
	resources := strings.ReplaceAll(string(template["Resources"]), `"python3.13"`, `"go1.x"`)
	return rendered(t, strings.ReplaceAll(resources, "/SUM.zip", "/Shop-code-1.zip"))
}

func contains(t *testing.T, picture string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(picture, part) {
			t.Errorf("the picture lacks %s:\n%s", part, picture)
		}
	}
}

func TestThePictureHasTheSourcesOfTheTemplate(t *testing.T) {
	service := described(t, golden(t, "original-queue.json"))
	contains(t, service.Picture,
		`data-function="Ship" data-sample="sqs"`, "Orders.Arn", `data-function="Price_List"`,
		"4 statements", "3 statements")
	if strings.Contains(service.Picture, ">May use<") {
		t.Errorf("the picture has what Sparta allows to each function:\n%s", service.Picture)
	}
	ship := service.Functions[1].Description
	if got := sample.Own(ship); ship.Name != "Ship" || !slices.Equal(got, []string{"sqs"}) {
		t.Errorf("the sources of %s are %q", ship.Name, got)
	}
	contains(t, described(t, golden(t, "original-steps.json")).Picture, "states", `data-function="Roll_Die"`)
}

func TestThePictureHasTheRoutesOfTheTemplate(t *testing.T) {
	service := described(t, golden(t, "original-site.json"))
	contains(t, service.Picture, `data-function="Hello" data-request="GET /hello"`, "API Greetings")
	api := service.API
	if api.Stage == nil || api.Stage.Name != "v1" || len(api.Resources) != 1 || api.CORSOptions == nil ||
		api.CORSOptions.Headers["Access-Control-Allow-Origin"] != "*" {
		t.Errorf("the API is %+v", api)
	}
}

func TestThePictureHasTheSourcesOfPermissions(t *testing.T) {
	permission := func(principal, source string) string {
		return `{"Type": "AWS::Lambda::Permission", "Properties": {"FunctionName": {"Fn::GetAtt": ["Hello", "Arn"]}, ` +
			`"Principal": "` + principal + `", "SourceArn": ` + source + `}}`
	}
	with := strings.Replace(function, `"Handler"`, `"Role": {"Fn::GetAtt": ["Role", "Arn"]}, "Handler"`, 1)
	service := described(t, rendered(t, `{"Hello": `+with+`,
		"P1": `+permission("s3.amazonaws.com", `"arn:aws:s3:::pictures"`)+`,
		"P2": `+permission("sns.amazonaws.com", `{"Ref": "News"}`)+`,
		"P3": `+permission("events.amazonaws.com", `{"Fn::GetAtt": ["Nightly", "Arn"]}`)+`,
		"P4": `+permission("ses.amazonaws.com", `{"Ref": "AWS::AccountId"}`)+`,
		"Nightly": {"Type": "AWS::Events::Rule", "Properties": {"ScheduleExpression": "rate(1 day)",
			"Targets": [{"Arn": {"Fn::GetAtt": ["Hello", "Arn"]}, "Id": "x"}]}},
		"Role": {"Type": "AWS::IAM::Role", "Properties": {"Policies": [{"PolicyName": "LambdaPolicy",
			"PolicyDocument": {"Statement": [
				{"Effect": "Allow", "Action": ["logs:PutLogEvents"], "Resource": "*"},
				{"Effect": "Allow", "Action": "dynamodb:PutItem", "Resource": {"Fn::GetAtt": ["Table", "Arn"]}}
			]}}]}}}`))
	contains(t, service.Picture, `data-sample="s3"`, "pictures", `data-sample="sns"`, `data-sample="schedule"`,
		"rate(1 day)", `data-sample="ses"`, "2 statements", "May use", "Table.Arn")
}

// Two functions may have events of one bucket: a custom resource for each asks for them.
func TestEachFunctionHasTheEventsThatItAsksABucketFor(t *testing.T) {
	const bucket = `"arn:aws:s3:::pictures"`
	source := func(name, event string) string {
		arn := `{"Fn::GetAtt": ["` + name + `", "Arn"]}`
		return `"` + name + `Permission": {"Type": "AWS::Lambda::Permission", "Properties": {
				"FunctionName": ` + arn + `, "Principal": "s3.amazonaws.com", "SourceArn": ` + bucket + `}},
			"` + name + `Source": {"Type": "Custom::S3", "Properties": {"BucketArn": ` + bucket + `,
				"Events": ["` + event + `"], "LambdaTargetArn": ` + arn + `}}`
	}
	service := described(t, rendered(t, `{"Add": `+strings.Replace(function, `"Hello"`, `"Add"`, 1)+`,
		"Drop": `+strings.Replace(function, `"Hello"`, `"Drop"`, 1)+`,
		`+source("Add", "s3:ObjectCreated:*")+`, `+source("Drop", "s3:ObjectRemoved:*")+`}`))
	for i, want := range []string{"s3:ObjectCreated:*", "s3:ObjectRemoved:*"} {
		function := service.Functions[i].Description
		text, err := json.Marshal(function.Permissions)
		if err != nil || !strings.Contains(string(text), want) || strings.Count(string(text), "s3:Object") != 1 {
			t.Errorf("%s has %s (error %v), want %s", function.Name, text, err, want)
		}
	}
}

// Only Sparta's own template is known to do what apigateway.Response says.
func TestResponsesOfAMethod(t *testing.T) {
	described := method(nil, map[string]any{"IntegrationResponses": []any{
		map[string]any{"StatusCode": "200", "SelectionPattern": "", "ResponseTemplates": map[string]any{
			"application/json": "#set($context.responseOverride.status = 201)", "text/*": "",
		}},
		map[string]any{"StatusCode": "404", "SelectionPattern": ".*missing.*", "ResponseTemplates": map[string]any{
			"application/json": "{}",
		}},
	}})
	success, missing := described.Integration.Responses[200], described.Integration.Responses[404]
	if described.DefaultStatusCode != 200 || success.Templates["application/json"] != apigateway.ResponseTemplate ||
		success.Templates["text/*"] != "" {
		t.Errorf("success is %d: %+v", described.DefaultStatusCode, success)
	}
	if missing.SelectionPattern != ".*missing.*" || missing.Templates["application/json"] != "{}" {
		t.Errorf("an error has %+v", missing)
	}
}

// What this module cannot describe must not keep the functions from running.
func TestATemplateThatCannotBeDrawn(t *testing.T) {
	service, err := NewService(rendered(t, `{"Hello": `+function+`, "P": {"Type": "AWS::Lambda::Permission",
		"Properties": {"FunctionName": {"Ref": "Hello"}, "Principal": "not a principal"}}}`))
	if err != nil {
		t.Fatal(err)
	}
	local, problem, err := service.Local(true)
	if err != nil || problem == nil || len(local.Functions) != 1 || local.Picture != "" {
		t.Errorf("it is described as %+v, errors %v, %v", local, problem, err)
	}
}
