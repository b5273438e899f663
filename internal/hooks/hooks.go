// Package hooks calls an application's workflow hooks.
package hooks

import (
	"context"
	"fmt"
	"runtime/debug"

	"github.com/go-sparta/sparta/sparta"
)

// CallStage calls the hooks of a stage, such as PreBuild, in order. Its error names the stage and the first hook that
// failed.
func CallStage(ctx context.Context, stage string, hooks *sparta.WorkflowHooks, workflow *sparta.Workflow) error {
	return Call(ctx, stage+" hook", hooks.At(stage), workflow)
}

// Call calls hooks in order. Its error names what they are and the first hook that failed.
func Call(ctx context.Context, what string, hooks []sparta.WorkflowHook, workflow *sparta.Workflow) error {
	for i, hook := range hooks {
		if err := call(ctx, hook, workflow); err != nil {
			return fmt.Errorf("%s %d: %w", what, i+1, err)
		}
	}
	return nil
}

// call calls a hook. It returns a panic as an error, so that the steps after a failure, such as Rollback hooks, run.
func call(ctx context.Context, hook sparta.WorkflowHook, workflow *sparta.Workflow) (err error) {
	defer func() {
		if reason := recover(); reason != nil {
			if workflow.Logger != nil {
				workflow.Logger.Debugf("panic: %v\n%s", reason, debug.Stack())
			}
			err = fmt.Errorf("panic: %v (--level debug shows where)", reason)
		}
	}()
	return hook(ctx, workflow)
}
