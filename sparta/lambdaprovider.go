package sparta

import (
	"errors"
	"os"

	"github.com/sirupsen/logrus"
)

// AWSLambdaProvider is a value that has a handler, the name of its function, and its role.
type AWSLambdaProvider interface {
	Handler() any
	Name() string
	Role() any
}

// NewAWSLambdaFromProvider is NewAWSLambda for a provider.
func NewAWSLambdaFromProvider(provider AWSLambdaProvider) (*LambdaAWSInfo, error) {
	if provider == nil {
		return nil, errors.New("the provider is nil: pass a value with the methods Handler, Name and Role")
	}
	return NewAWSLambda(provider.Name(), provider.Handler(), provider.Role())
}

// IsExecutingInLambda reports whether the program runs in Lambda.
func IsExecutingInLambda() bool { return os.Getenv("AWS_LAMBDA_FUNCTION_NAME") != "" }

// Logger returns the logger of the command line, or the standard one in Lambda. Handlers have their own in the context.
func Logger() *logrus.Logger { return OptionsGlobal.Logger }
