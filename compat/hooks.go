package compat

import (
	"github.com/aws/aws-sdk-go/aws/session"
	gocf "github.com/mweagle/go-cloudformation"
	"github.com/sirupsen/logrus"
)

type (
	serviceHook = func(
		context map[string]any, serviceName string, template *gocf.Template,
		s3Bucket, buildID string, awsSession *session.Session, noop bool, logger *logrus.Logger,
	) error
	serviceHook1 = func(
		context map[string]any, serviceName string, template *gocf.Template,
		s3Bucket, s3Key, buildID string, awsSession *session.Session, noop bool, logger *logrus.Logger,
	) error
	functionHook = func(
		serviceName, lambdaResourceName string, lambdaResource gocf.LambdaFunction, resourceMetadata map[string]any,
		s3Bucket, s3Key, buildID string, template *gocf.Template, context map[string]any, logger *logrus.Logger,
	) error
	functionHookWithoutBuild = func(
		serviceName, lambdaResourceName string, lambdaResource gocf.LambdaFunction, resourceMetadata map[string]any,
		s3Bucket, s3Key string, template *gocf.Template, context map[string]any, logger *logrus.Logger,
	) error
	functionHookWithoutContext = func(
		serviceName, lambdaResourceName string, lambdaResource gocf.LambdaFunction, resourceMetadata map[string]any,
		s3Bucket, s3Key string, template *gocf.Template, logger *logrus.Logger,
	) error
)

// ServiceHook is a ServiceDecoratorHook of the original, or a ServiceValidationHook: that of Sparta 0.x, or that of
// 1.x, which also has the key of the package.
type ServiceHook interface {
	serviceHook | serviceHook1
}

// FunctionHook is a TemplateDecorator of the original. Early versions have no build ID or no context.
type FunctionHook interface {
	functionHook | functionHookWithoutBuild | functionHookWithoutContext
}
