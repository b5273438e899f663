//go:build !lambdabinary

package compat

import (
	"context"

	gocf "github.com/mweagle/go-cloudformation"

	"github.com/go-sparta/sparta/cgo"
	"github.com/go-sparta/sparta/sparta"
)

// ServiceDecorator returns a hook of this module that calls one of the original.
func ServiceDecorator[H ServiceHook](hook H) sparta.ServiceDecoratorHook {
	return func(_ context.Context, w *sparta.Workflow) error {
		return withTemplate(w.Template, func(template *gocf.Template) error {
			switch hook := any(hook).(type) {
			case serviceHook:
				return hook(w.Context, w.ServiceName, template,
					w.S3Bucket, w.BuildID, cgo.NewSession(), w.NoOp, w.Logger)
			case serviceHook1:
				return hook(w.Context, w.ServiceName, template,
					w.S3Bucket, w.S3Key, w.BuildID, cgo.NewSession(), w.NoOp, w.Logger)
			}
			return nil
		})
	}
}

// TemplateDecorator returns a decorator of this module that calls one of the original.
func TemplateDecorator[H FunctionHook](hook H) sparta.TemplateDecorator {
	return func(_ context.Context, w *sparta.Workflow) error {
		return withTemplate(w.Template, func(template *gocf.Template) error {
			var function gocf.LambdaFunction
			resource := template.Resources[w.LogicalID]
			if found, ok := resource.Properties.(*gocf.LambdaFunction); ok {
				function = *found
			}
			if resource.Metadata == nil {
				resource.Metadata = map[string]any{}
			}
			switch hook := any(hook).(type) {
			case functionHook:
				return hook(w.ServiceName, w.LogicalID, function, resource.Metadata,
					w.S3Bucket, w.S3Key, w.BuildID, template, w.Context, w.Logger)
			case functionHookWithoutBuild:
				return hook(w.ServiceName, w.LogicalID, function, resource.Metadata,
					w.S3Bucket, w.S3Key, template, w.Context, w.Logger)
			case functionHookWithoutContext:
				return hook(w.ServiceName, w.LogicalID, function, resource.Metadata,
					w.S3Bucket, w.S3Key, template, w.Logger)
			}
			return nil
		})
	}
}
