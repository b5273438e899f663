package main

import (
	"strings"
	"testing"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

func TestAddResources(t *testing.T) {
	described := map[string]cloudformation.Resource{
		"Jobs":  {Type: "AWS::SQS::Queue", DeletionPolicy: cloudformation.Retain},
		"Topic": {Type: "AWS::SNS::Topic"},
	}
	hooks, err := addResources(described)
	if err != nil {
		t.Fatal(err)
	}
	template := cloudformation.NewTemplate("")
	add := func() error { return hooks.PreMarshall[0](t.Context(), &sparta.Workflow{Template: template}) }
	if err := add(); err != nil {
		t.Fatal(err)
	}
	if jobs := template.Resources["Jobs"]; len(template.Resources) != 2 || jobs.Type != "AWS::SQS::Queue" ||
		jobs.DeletionPolicy != cloudformation.Retain {
		t.Errorf("the template has %+v", template.Resources)
	}
	const want = "Service.Resources: add resource Jobs of type AWS::SQS::Queue: " +
		"the template already has this logical ID"
	if err := add(); err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("error is %v, want %s", err, want)
	}
}

func TestAddResourcesThatAreMissingOrInvalid(t *testing.T) {
	if hooks, err := addResources(nil); hooks != nil || err != nil {
		t.Errorf("without resources there are the hooks %+v (error: %v)", hooks, err)
	}
	for name, described := range map[string]any{
		"another type":     []string{"Jobs"},
		"an unknown field": map[string]any{"Jobs": map[string]any{"Kind": "AWS::SQS::Queue"}},
	} {
		_, err := addResources(described)
		const want = "Service.Resources is not a map[string]cloudformation.Resource"
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error is %v", name, err)
		}
	}
	hooks, err := addResources(map[string]any{"Jobs": nil})
	if err == nil {
		err = hooks.PreMarshall[0](t.Context(), &sparta.Workflow{Template: cloudformation.NewTemplate("")})
	}
	if err == nil || !strings.Contains(err.Error(), "resource Jobs is nil") {
		t.Errorf("error of a resource that is nil is %v", err)
	}
}
