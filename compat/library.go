//go:build lambdabinary

package compat

import (
	"context"
	"errors"

	"github.com/go-sparta/sparta/sparta"
)

var errLibrary = errors.New("hooks are not called in Lambda")

// ServiceDecorator returns a hook that is never called: the library has no AWS SDK for it.
func ServiceDecorator[H ServiceHook](H) sparta.ServiceDecoratorHook {
	return func(context.Context, *sparta.Workflow) error { return errLibrary }
}

// TemplateDecorator returns a decorator that is never called.
func TemplateDecorator[H FunctionHook](H) sparta.TemplateDecorator {
	return func(context.Context, *sparta.Workflow) error { return errLibrary }
}
