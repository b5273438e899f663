// Package compat gives hooks and decorators of the original Sparta the parameters that they expect, among them a
// *gocf.Template. It is a module of its own, so that only applications with such hooks need go-cloudformation.
//
//	lambdaFn.Decorator = compat.TemplateDecorator(addTopic)
//	hooks.ServiceDecorator = compat.ServiceDecorator(addBucket)
//
// A hook gets the template as it is at its stage. What the hook adds, changes and removes is then done to this
// module's template. What go-cloudformation does not know, such as newer properties of functions, stays as it is.
package compat
