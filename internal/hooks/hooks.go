// Package hooks calls an application's workflow hooks.
package hooks

import (
	"context"
	"fmt"

	"github.com/go-sparta/sparta/sparta"
)

// Call calls the hooks of a stage, such as PreBuild, in order. Its error names the stage and the first
// hook that failed.
func Call(ctx context.Context, stage string, hooks []sparta.WorkflowHook, workflow *sparta.Workflow) error {
	for i, hook := range hooks {
		if err := hook(ctx, workflow); err != nil {
			return fmt.Errorf("%s hook %d: %w", stage, i+1, err)
		}
	}
	return nil
}
