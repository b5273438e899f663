package sparta_test

import (
	"context"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/sparta"
)

// TestEachFieldOfWorkflowHooksIsCalled sets all fields, with two hooks in those that are lists.
func TestEachFieldOfWorkflowHooksIsCalled(t *testing.T) {
	var called, fields []string
	var hooks sparta.WorkflowHooks
	value := reflect.ValueOf(&hooks).Elem()
	for i := range value.NumField() {
		field, name := value.Field(i), value.Type().Field(i).Name
		if name == "Context" {
			continue
		}
		hook := reflect.ValueOf(sparta.WorkflowHook(func(context.Context, *sparta.Workflow) error {
			called = append(called, name)
			return nil
		}))
		fields = append(fields, name)
		if field.Kind() == reflect.Slice {
			fields = append(fields, name)
			field.Set(reflect.Append(field, hook.Convert(field.Type().Elem()), hook.Convert(field.Type().Elem())))
		} else {
			field.Set(hook)
		}
	}
	for _, stage := range sparta.Stages() {
		for _, hook := range hooks.At(stage) {
			if err := hook(t.Context(), &sparta.Workflow{}); err != nil {
				t.Fatal(err)
			}
		}
	}
	if !slices.Equal(called, fields) {
		t.Errorf("called %v\n  want %v", called, fields)
	}
}

func TestMissingHooksAreReported(t *testing.T) {
	for name, test := range map[string]struct {
		hooks sparta.WorkflowHooks
		want  string
	}{
		"a hook": {
			sparta.WorkflowHooks{PreBuild: []sparta.WorkflowHook{nil}}, "workflow hook 1 of PreBuild is nil",
		},
		"a handler": {
			sparta.WorkflowHooks{Archives: []sparta.ArchiveHookHandler{nil}}, "workflow hook 1 of Archive is nil",
		},
		"a handler's function": {
			sparta.WorkflowHooks{Validators: []sparta.ServiceValidationHookHandler{
				sparta.ServiceValidationHookFunc(nil),
			}},
			"workflow hook 1 of Validators is nil",
		},
	} {
		t.Run(name, func(t *testing.T) {
			hello := sparta.HandleAWSLambda("Hello", func() error { return nil }, sparta.IAMRoleDefinition{})
			_, err := sparta.NewServiceDescription("Shop", "", []*sparta.LambdaAWSInfo{hello}, &test.hooks)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error is %v\n    want %s", err, test.want)
			}
		})
	}
}

func TestAMissingDecoratorIsReported(t *testing.T) {
	hello := sparta.HandleAWSLambda("Hello", func() error { return nil }, sparta.IAMRoleDefinition{})
	hello.Decorators = []sparta.TemplateDecoratorHandler{sparta.TemplateDecoratorHookFunc(nil)}
	_, err := sparta.NewServiceDescription("Shop", "", []*sparta.LambdaAWSInfo{hello}, nil)
	want := "function 1 (Hello): decorator 1 is nil: remove it or give it a function"
	if err == nil || err.Error() != want {
		t.Errorf("error is %v\n    want %s", err, want)
	}
}
