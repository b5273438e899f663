package sparta

import (
	"context"
	"fmt"
)

// WorkflowHook is a function that a deployment calls at one of its stages. An error ends the deployment. A hook is also
// a handler for each stage.
type WorkflowHook func(ctx context.Context, workflow *Workflow) error

// The names that hooks have in the original. There they have different parameters; here, Workflow has what each
// stage offers.
type (
	// WorkflowHookFunc is a hook of a stage before or after the build or the template.
	WorkflowHookFunc = WorkflowHook
	// ArchiveHook is a hook that adds files to the package.
	ArchiveHook = WorkflowHook
	// ArchiveHookFunc is an ArchiveHook.
	ArchiveHookFunc = WorkflowHook
	// TemplateDecorator is a hook that changes the template for one function.
	TemplateDecorator = WorkflowHook
	// TemplateDecoratorHookFunc is a TemplateDecorator.
	TemplateDecoratorHookFunc = WorkflowHook
	// ServiceDecoratorHook is a hook that changes the template for the service.
	ServiceDecoratorHook = WorkflowHook
	// ServiceDecoratorHookFunc is a ServiceDecoratorHook.
	ServiceDecoratorHookFunc = WorkflowHook
	// ServiceValidationHook is a hook that checks the template.
	ServiceValidationHook = WorkflowHook
	// ServiceValidationHookFunc is a ServiceValidationHook.
	ServiceValidationHookFunc = WorkflowHook
	// RollbackHook is a hook that is called after a failure.
	RollbackHook = WorkflowHook
	// RollbackHookFunc is a RollbackHook.
	RollbackHookFunc = WorkflowHook
)

// A value whose type has several of these methods can take part in several stages.
type (
	// WorkflowHookHandler is a hook of a stage before or after the build or the template.
	WorkflowHookHandler interface {
		DecorateWorkflow(ctx context.Context, workflow *Workflow) error
	}
	// ArchiveHookHandler adds files to the package.
	ArchiveHookHandler interface {
		DecorateArchive(ctx context.Context, workflow *Workflow) error
	}
	// TemplateDecoratorHandler changes the template for one function.
	TemplateDecoratorHandler interface {
		DecorateTemplate(ctx context.Context, workflow *Workflow) error
	}
	// ServiceDecoratorHookHandler changes the template for the service.
	ServiceDecoratorHookHandler interface {
		DecorateService(ctx context.Context, workflow *Workflow) error
	}
	// ServiceValidationHookHandler checks the template.
	ServiceValidationHookHandler interface {
		ValidateService(ctx context.Context, workflow *Workflow) error
	}
	// RollbackHookHandler is called after a failure.
	RollbackHookHandler interface {
		Rollback(ctx context.Context, workflow *Workflow) error
	}
)

// DecorateWorkflow implements WorkflowHookHandler.
func (h WorkflowHook) DecorateWorkflow(ctx context.Context, workflow *Workflow) error {
	return h(ctx, workflow)
}

// DecorateArchive implements ArchiveHookHandler.
func (h WorkflowHook) DecorateArchive(ctx context.Context, workflow *Workflow) error {
	return h(ctx, workflow)
}

// DecorateTemplate implements TemplateDecoratorHandler.
func (h WorkflowHook) DecorateTemplate(ctx context.Context, workflow *Workflow) error {
	return h(ctx, workflow)
}

// DecorateService implements ServiceDecoratorHookHandler.
func (h WorkflowHook) DecorateService(ctx context.Context, workflow *Workflow) error {
	return h(ctx, workflow)
}

// ValidateService implements ServiceValidationHookHandler.
func (h WorkflowHook) ValidateService(ctx context.Context, workflow *Workflow) error {
	return h(ctx, workflow)
}

// Rollback implements RollbackHookHandler.
func (h WorkflowHook) Rollback(ctx context.Context, workflow *Workflow) error {
	return h(ctx, workflow)
}

// TemplateDecorators are the function's decorators, in the order in which they are called: Decorator, then Decorators.
func (info *LambdaAWSInfo) TemplateDecorators() []WorkflowHook {
	return append(single(info.Decorator), each(info.Decorators, TemplateDecoratorHandler.DecorateTemplate)...)
}

// validateDecorators returns an error if a decorator is nil. It is not part of Validate, which every start of a library
// calls.
func validateDecorators(functions []*LambdaAWSInfo) error {
	for i, info := range functions {
		for j, decorator := range info.TemplateDecorators() {
			if decorator == nil {
				return fmt.Errorf("function %d (%s): decorator %d is nil: remove it or give it a function",
					i+1, info.originalName(), j+1)
			}
		}
	}
	return nil
}
