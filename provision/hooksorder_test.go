package provision

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/connection"
	"github.com/go-sparta/sparta/sparta"
)

// TestWhatHooksOfTheTemplateSee records what each stage finds.
func TestWhatHooksOfTheTemplateSee(t *testing.T) {
	w := newPreview(t)
	w.noAWS = connection.ErrNoRegion
	w.options.S3Bucket = "mine"
	hello := w.service.Functions[0]
	hello.Options.Alias = "live"
	hello.Permissions = []sparta.LambdaPermissionExporter{sparta.SNSPermission{
		BasePermission: sparta.BasePermission{SourceArn: cloudformation.Ref("Topic")},
	}}
	var seen []string
	look := func(stage string) sparta.WorkflowHook {
		return func(_ context.Context, work *sparta.Workflow) error {
			found := []string{stage}
			for _, kind := range []string{"AWS::Lambda::Function", "AWS::Lambda::Permission"} {
				for _, resource := range work.Template.Resources {
					if resource.Type == kind {
						found = append(found, strings.TrimPrefix(kind, "AWS::Lambda::"))
					}
				}
			}
			if work.Resource != nil {
				found = append(found, work.Function.Name(), work.LogicalID, work.AliasID, work.LogGroupID,
					work.Resource.Type)
			}
			if !strings.HasPrefix(work.S3Key, "svc/") {
				t.Errorf("%s has the key %q", stage, work.S3Key)
			}
			seen = append(seen, strings.Join(found, " "))
			return nil
		}
	}
	hello.Decorator = look("Decorator")
	hello.Decorators = []sparta.TemplateDecoratorHandler{look("Decorators")}
	w.service.Hooks = &sparta.WorkflowHooks{
		PreMarshall:      []sparta.WorkflowHook{look("PreMarshall")},
		ServiceDecorator: look("ServiceDecorator"),
		ServiceDecorators: []sparta.ServiceDecoratorHookHandler{
			sparta.ServiceDecoratorHookFunc(func(_ context.Context, work *sparta.Workflow) error {
				return work.Template.Add("Topic", &cloudformation.Resource{Type: "AWS::SNS::Topic"})
			}),
		},
		PostMarshall: []sparta.WorkflowHook{look("PostMarshall")},
		Validators:   []sparta.ServiceValidationHookHandler{look("Validators")},
	}
	w.must()
	want := []string{
		"PreMarshall",
		"Decorator Function hello HelloFunction HelloAlias HelloLogGroup AWS::Lambda::Function",
		"Decorators Function hello HelloFunction HelloAlias HelloLogGroup AWS::Lambda::Function",
		"ServiceDecorator Function",
		"PostMarshall Function Permission",
		"Validators Function Permission",
	}
	if !slices.Equal(seen, want) {
		t.Errorf("hooks saw\n%s\nwant\n%s", strings.Join(seen, "\n"), strings.Join(want, "\n"))
	}
}

func TestHooksThatMisuseTheTemplate(t *testing.T) {
	hook := func(change func(*sparta.Workflow)) sparta.WorkflowHook {
		return func(_ context.Context, work *sparta.Workflow) error { change(work); return nil }
	}
	for name, test := range map[string]struct {
		decorator sparta.WorkflowHook
		hooks     sparta.WorkflowHooks
		want      string
	}{
		"a validator changes it": {
			hooks: sparta.WorkflowHooks{Validators: []sparta.ServiceValidationHookHandler{
				hook(func(work *sparta.Workflow) {
					work.Template.Resources["HelloFunction"].Properties["Timeout"] = 7
				}),
			}},
			want: "hook 1 of Validators has changed the template, which is complete: " +
				"use a hook of PostMarshall instead",
		},
		"a validator replaces it": {
			hooks: sparta.WorkflowHooks{Validators: []sparta.ServiceValidationHookHandler{
				hook(func(work *sparta.Workflow) { work.Template = cloudformation.NewTemplate("") }),
			}},
			want: "hook 1 of Validators has changed the template",
		},
		"a decorator removes it": {
			decorator: hook(func(work *sparta.Workflow) { work.Template = nil }),
			want: "a decorator of function hello set Workflow.Template to nil: " +
				"change the template instead",
		},
		"a decorator panics": {
			decorator: hook(func(*sparta.Workflow) { panic("out of order") }),
			want:      "function hello: decorator 1: panic: out of order",
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newPreview(t)
			w.noAWS = connection.ErrNoRegion
			w.service.Hooks, w.service.Functions[0].Decorator = &test.hooks, test.decorator
			if _, err := w.run(t.Context()); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error is %v\n    want %s", err, test.want)
			}
		})
	}
}
