package sparta

import (
	"context"
	"reflect"
)

// list returns a copy of hooks, to which the caller may append.
func list(hooks []WorkflowHook) []WorkflowHook { return append([]WorkflowHook(nil), hooks...) }

func single(hook WorkflowHook) []WorkflowHook {
	if hook == nil {
		return nil
	}
	return []WorkflowHook{hook}
}

// each returns a method of each handler. That of a nil handler is nil.
func each[H any](handlers []H, method func(H, context.Context, *Workflow) error) []WorkflowHook {
	var hooks []WorkflowHook
	for _, handler := range handlers {
		hooks = append(hooks, bound(handler, method))
	}
	return hooks
}

func bound[H any](handler H, method func(H, context.Context, *Workflow) error) WorkflowHook {
	switch value := reflect.ValueOf(handler); {
	case !value.IsValid(), (value.Kind() == reflect.Func || value.Kind() == reflect.Pointer) && value.IsNil():
		return nil
	}
	return func(ctx context.Context, workflow *Workflow) error { return method(handler, ctx, workflow) }
}
