package compat_test

import (
	"context"
	"encoding/json"
	"errors"
	"testing"

	"github.com/aws/aws-sdk-go/aws/session"
	gocf "github.com/mweagle/go-cloudformation"
	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/compat"
	"github.com/go-sparta/sparta/sparta"
)

func workflow() *sparta.Workflow {
	template := cloudformation.NewTemplate("a service")
	template.Resources["HelloFunction"] = &cloudformation.Resource{
		Type:      "AWS::Lambda::Function",
		DependsOn: []string{"HelloRole"},
		Properties: map[string]any{
			"MemorySize":  128,
			"Handler":     "index.hello",
			"Runtime":     "python3.13",
			"SnapStart":   map[string]any{"ApplyOn": "PublishedVersions"}, // go-cloudformation does not know it
			"Environment": map[string]any{"Variables": map[string]any{"BUCKET": cloudformation.Ref("Bucket")}},
		},
	}
	template.Resources["Schedule"] = &cloudformation.Resource{
		Type:       "AWS::Scheduler::Schedule", // a type that go-cloudformation does not know
		Properties: map[string]any{"ScheduleExpression": "rate(1 minute)"},
	}
	template.Outputs["Kept"] = cloudformation.Output{Value: "x", Export: &cloudformation.Export{Name: "kept"}}
	return &sparta.Workflow{
		ServiceName: "Hello", S3Bucket: "packages", S3Key: "hello.zip", BuildID: "7", NoOp: true,
		Context: map[string]any{}, Logger: logrus.New(), Template: template, LogicalID: "HelloFunction",
	}
}

func marshalled(t *testing.T, value any) string {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestServiceDecoratorsOf0xChangeTheTemplate(t *testing.T) {
	w := workflow()
	hook := compat.ServiceDecorator(func(
		context map[string]any, serviceName string, template *gocf.Template, s3Bucket, buildID string,
		awsSession *session.Session, noop bool, logger *logrus.Logger,
	) error {
		if serviceName != "Hello" || s3Bucket != "packages" || buildID != "7" || !noop || awsSession == nil {
			t.Errorf("parameters: %q, %q, %q, %t, %v", serviceName, s3Bucket, buildID, noop, awsSession)
		}
		topic := template.AddResource("Topic", &gocf.SNSTopic{DisplayName: gocf.String("News")})
		topic.DependsOn = []string{"HelloFunction"}
		topic.DeletionPolicy = "Retain"
		template.Outputs["TopicARN"] = &gocf.Output{Description: "topic", Value: gocf.Ref("Topic")}
		template.Parameters["Size"] = &gocf.Parameter{Type: "Number", Default: "3", MinValue: gocf.Integer(1)}
		delete(template.Resources, "Schedule")
		return nil
	})
	if err := hook(context.Background(), w); err != nil {
		t.Fatal(err)
	}
	want := `{"Type":"AWS::SNS::Topic","DependsOn":["HelloFunction"],"DeletionPolicy":"Retain",` +
		`"Properties":{"DisplayName":"News"}}`
	if got := marshalled(t, w.Template.Resources["Topic"]); got != want {
		t.Errorf("topic is %s\nwant     %s", got, want)
	}
	if got := marshalled(t, w.Template.Outputs["TopicARN"].Value); got != `{"Ref":"Topic"}` {
		t.Errorf("output is %s", got)
	}
	if size := w.Template.Parameters["Size"]; size.MinValue == nil || *size.MinValue != 1 || *size.Default != "3" {
		t.Errorf("parameter is %+v", size)
	}
	if w.Template.Resources["Schedule"] != nil {
		t.Error("the template has the resource that the hook removed")
	}
	if w.Template.Outputs["Kept"].Export == nil {
		t.Error("an output that the hook did not change has lost its export")
	}
}

func TestWhatAHookRemovesIsRemoved(t *testing.T) {
	w := workflow()
	function := w.Template.Resources["HelloFunction"]
	function.DeletionPolicy, function.Condition = "Retain", "Live"
	w.Template.Mappings["Sizes"] = map[string]map[string]string{"a": {"b": "c"}}
	w.Template.Conditions["Live"] = map[string]any{"Fn::Equals": []any{"a", "a"}}
	hook := compat.ServiceDecorator(func(
		_ map[string]any, _ string, template *gocf.Template, _, _ string, _ *session.Session, _ bool, _ *logrus.Logger,
	) error {
		resource := template.Resources["HelloFunction"]
		resource.DependsOn, resource.DeletionPolicy, resource.Condition = nil, "", ""
		delete(template.Mappings, "Sizes")
		delete(template.Conditions, "Live")
		return nil
	})
	if err := hook(context.Background(), w); err != nil {
		t.Fatal(err)
	}
	if len(function.DependsOn) > 0 || function.DeletionPolicy != "" || function.Condition != "" {
		t.Errorf("the function still has %v, %q, %q", function.DependsOn, function.DeletionPolicy, function.Condition)
	}
	if len(w.Template.Mappings) > 0 || len(w.Template.Conditions) > 0 {
		t.Errorf("the template still has %v, %v", w.Template.Mappings, w.Template.Conditions)
	}
}

func TestDecoratorsOfFunctionsKeepWhatGoCloudformationDoesNotKnow(t *testing.T) {
	w := workflow()
	hook := compat.TemplateDecorator(func(
		serviceName, lambdaResourceName string, lambdaResource gocf.LambdaFunction, metadata map[string]any,
		s3Bucket, s3Key, buildID string, template *gocf.Template, context map[string]any, logger *logrus.Logger,
	) error {
		if lambdaResourceName != "HelloFunction" || lambdaResource.Runtime.Literal != "python3.13" ||
			s3Key != "hello.zip" {
			t.Errorf("parameters: %q, %+v, %q", lambdaResourceName, lambdaResource.Runtime, s3Key)
		}
		function := template.Resources[lambdaResourceName].Properties.(*gocf.LambdaFunction)
		function.Environment.Variables.(map[string]any)["TOPIC"] = gocf.Ref("Topic")
		function.MemorySize = gocf.Integer(256)
		metadata["Owner"] = "ada"
		return nil
	})
	if err := hook(context.Background(), w); err != nil {
		t.Fatal(err)
	}
	function := w.Template.Resources["HelloFunction"]
	want := `{"Environment":{"Variables":{"BUCKET":{"Ref":"Bucket"},"TOPIC":{"Ref":"Topic"}}},` +
		`"Handler":"index.hello","MemorySize":256,"Runtime":"python3.13","SnapStart":{"ApplyOn":"PublishedVersions"}}`
	if got := marshalled(t, function.Properties); got != want {
		t.Errorf("function is %s\nwant        %s", got, want)
	}
	if function.Metadata["Owner"] != "ada" || len(function.DependsOn) != 1 {
		t.Errorf("metadata %v, dependencies %v", function.Metadata, function.DependsOn)
	}
}

func TestHooksWithoutChangesChangeNothing(t *testing.T) {
	w := workflow()
	before := marshalled(t, w.Template)
	hook := compat.ServiceDecorator(func(
		map[string]any, string, *gocf.Template, string, string, string, *session.Session, bool, *logrus.Logger,
	) error {
		return nil
	})
	if err := hook(context.Background(), w); err != nil || marshalled(t, w.Template) != before {
		t.Errorf("error %v, template %s\nwant %s", err, marshalled(t, w.Template), before)
	}
}

func TestTheErrorOfAHookIsReturned(t *testing.T) {
	w, failure := workflow(), errors.New("no")
	hook := compat.ServiceDecorator(func(
		_ map[string]any, _ string, template *gocf.Template, _, _ string, _ *session.Session, _ bool, _ *logrus.Logger,
	) error {
		template.AddResource("Topic", &gocf.SNSTopic{})
		return failure
	})
	if err := hook(context.Background(), w); !errors.Is(err, failure) || w.Template.Resources["Topic"] != nil {
		t.Errorf("error is %v, topic %v", err, w.Template.Resources["Topic"])
	}
}

func TestResourcesOfGoCloudformationBecomeOurs(t *testing.T) {
	stream := &gocf.KinesisStream{ShardCount: gocf.Integer(2), Name: gocf.Ref("Name").String()}
	got := marshalled(t, compat.Resource(stream))
	if want := `{"Type":"AWS::Kinesis::Stream","Properties":{"Name":{"Ref":"Name"},"ShardCount":2}}`; got != want {
		t.Errorf("the resource is %s, want %s", got, want)
	}
}
