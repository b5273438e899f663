package provision_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

// TestWrongInputIsReportedBeforeAnythingIsCreated provisions to an account without a bucket for packages.
func TestWrongInputIsReportedBeforeAnythingIsCreated(t *testing.T) {
	tests := map[string]struct {
		spoil func(*deployment)
		want  string
	}{
		"a stack's name": {
			func(d *deployment) { d.options.Stack = "a_b" }, `stack name "a_b" is invalid`,
		},
		"two functions with one logical ID": {
			func(d *deployment) { d.addFunction("Hello") }, "functions hello and Hello are both Hello in the template",
		},
		"a function's name that is too long": {
			func(d *deployment) { d.addFunction(strings.Repeat("a", 64)) }, "has 71 characters, over Lambda's 64",
		},
		"a parameter": {
			func(d *deployment) { d.options.Params = map[string]string{"Nope": "x"} }, "parameter Nope is unknown",
		},
		"a parameter, with a hook": {
			func(d *deployment) {
				d.options.Params = map[string]string{"Nope": "x"}
				d.service.Hooks = &sparta.WorkflowHooks{PreMarshall: []sparta.WorkflowHook{addQueue}}
			},
			"parameter Nope is unknown",
		},
		"a parameter without a value": {
			func(d *deployment) {
				d.addTemplateHook(func(template *cloudformation.Template) error {
					template.Parameters["Size"] = cloudformation.Parameter{Type: "String"}
					return nil
				})
			},
			"parameters without a value or a default: Size",
		},
		"a package's runtime": {
			func(d *deployment) { d.pkg.Python = "python2" }, `"python2" is not a Lambda Python runtime`,
		},
		"an error of a PreMarshall hook": {
			func(d *deployment) {
				d.service.Hooks = &sparta.WorkflowHooks{PreMarshall: []sparta.WorkflowHook{
					func(context.Context, *sparta.Workflow) error { return errors.New("no budget") },
				}}
			},
			"PreMarshall hook 1: no budget",
		},
		"an error of a PostMarshall hook": {
			func(d *deployment) {
				d.addTemplateHook(func(*cloudformation.Template) error { return errors.New("no budget") })
			},
			"PostMarshall hook 1: no budget",
		},
		"a hook that removes the template": {
			func(d *deployment) {
				d.service.Hooks = &sparta.WorkflowHooks{PostMarshall: []sparta.WorkflowHook{
					func(_ context.Context, w *sparta.Workflow) error { w.Template = nil; return nil },
				}}
			},
			"a PostMarshall hook set Workflow.Template to nil",
		},
		"a hook's resource with an invalid name": {
			func(d *deployment) {
				d.addTemplateHook(func(template *cloudformation.Template) error {
					return template.Add("My_Queue", &cloudformation.Resource{Type: "AWS::SQS::Queue"})
				})
			},
			`resource "My_Queue" has an invalid name`,
		},
		"a hook's reference to nothing": {
			func(d *deployment) {
				d.addTemplateHook(func(template *cloudformation.Template) error {
					return template.Add("Queue", &cloudformation.Resource{
						Type:       "AWS::SQS::Queue",
						Properties: map[string]any{"QueueName": cloudformation.Ref("Nothing")},
					})
				})
			},
			"Nothing",
		},
	}
	first := newDeployment(t)
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			d := prepare(t, first.account, first.proxy)
			test.spoil(d)
			before := len(d.proxy.Calls())
			if _, err := d.run(); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error is %v\n    want %s", err, test.want)
			}
			writes := slices.DeleteFunc(operations(d.proxy.Calls()[before:]), func(operation string) bool {
				return !strings.HasPrefix(operation, "Put") && !strings.HasPrefix(operation, "Create")
			})
			if len(writes) > 0 {
				t.Errorf("it made the requests %v", writes)
			}
		})
	}
	var buckets struct{ Buckets []struct{ Name string } }
	first.account.CLI(t, &buckets, "s3api", "list-buckets")
	if len(buckets.Buckets) > 0 {
		t.Errorf("the account has buckets %v, want none", buckets.Buckets)
	}
}

func (d *deployment) addFunction(name string) {
	d.t.Helper()
	info, err := sparta.NewAWSLambda(name, func(context.Context) error { return nil }, sparta.IAMRoleDefinition{})
	if err != nil {
		d.t.Fatal(err)
	}
	d.service.Functions = append(d.service.Functions, info)
}

// addTemplateHook adds a PostMarshall hook that changes the template.
func (d *deployment) addTemplateHook(change func(*cloudformation.Template) error) {
	d.service.Hooks = &sparta.WorkflowHooks{PostMarshall: []sparta.WorkflowHook{
		func(_ context.Context, w *sparta.Workflow) error { return change(w.Template) },
	}}
}
