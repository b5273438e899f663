package localservice_test

import (
	"bytes"
	"context"
	"reflect"
	"testing"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/internal/gateway/front"
	"github.com/go-sparta/sparta/internal/localservice"
	"github.com/go-sparta/sparta/sparta"
)

// A Sparta application describes itself as JSON, from which the same is served.
func TestADescriptionAsJSON(t *testing.T) {
	greet := func(context.Context) (string, error) { return "", nil }
	first := sparta.HandleAWSLambda("first", greet, sparta.IAMRoleDefinition{})
	first.Options.Environment = map[string]any{
		"PLAIN": "text", "QUEUE": cloudformation.Ref("Queue"), "SECRET": "{{resolve:secretsmanager:x}}",
	}
	first.Permissions = append(first.Permissions, sparta.LambdaPermission{Principal: "iot.amazonaws.com"})
	second := sparta.HandleAWSLambda("second", greet, sparta.IAMRoleDefinition{})
	second.Options.FunctionURL = &sparta.LambdaFunctionURL{AuthType: "NONE"}
	second.EventSourceMappings = append(second.EventSourceMappings,
		&sparta.EventSourceMapping{EventSourceArn: cloudformation.GetAtt{"Queue", "Arn"}})
	functions := []*sparta.LambdaAWSInfo{first, second}
	description, err := sparta.NewServiceDescription("Shop", "sells", functions, nil)
	if err != nil {
		t.Fatal(err)
	}
	description.API = sparta.NewHTTPAPI("shop", sparta.NewStage("v1"))
	description.API.NewRoute("GET /items", second)
	description.Site = &sparta.S3Site{Dir: "public"}
	var text bytes.Buffer
	text.WriteString("what the application prints")
	if err := localservice.Of(description, functions).Write(&text); err != nil {
		t.Fatal(err)
	}
	text.WriteString("and afterwards\n")
	got, err := localservice.Read(text.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	one := got.Functions[0]
	if !reflect.DeepEqual(one.Variables, map[string]string{"PLAIN": "text"}) ||
		!reflect.DeepEqual(one.Unknown, []string{"QUEUE", "SECRET"}) {
		t.Errorf("variables %q, unknown %q", one.Variables, one.Unknown)
	}
	if len(one.Description.Permissions) != 1 || len(got.Functions[1].Description.EventSourceMappings) != 1 {
		t.Errorf("sources are missing: %s", &text)
	}
	served := front.Of(got.Descriptions(), got.API, got.Site)
	if served.API == nil || len(served.URLs) != 1 || served.URLs[0].Function != "second" ||
		served.Site.Dir != "public" {
		t.Errorf("it serves %+v", served)
	}
	if routes := got.API.Routes; len(routes) != 1 || routes[0].FunctionName() != "second" {
		t.Errorf("routes %+v", routes)
	}
}

func TestAnApplicationThatDoesNotDescribeItself(t *testing.T) {
	if _, err := localservice.Read([]byte("hello\n")); err == nil {
		t.Error("there is no error")
	}
}
