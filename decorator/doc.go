// Package decorator has decorators of functions and services that add to a stack's template what many services need:
// alarms, a dashboard, outputs, gradual deployments and one stream for all logs.
//
//	hello.Decorators = append(hello.Decorators, decorator.CloudWatchErrorAlarmDecorator(1, 5, 1, topic))
//	hooks := &sparta.WorkflowHooks{ServiceDecorator: decorator.DashboardDecorator(functions, 300)}
package decorator
