//go:build lambdabinary && go1.21 && !sparta_noruntimeapi

package bridge

import (
	"errors"
	"os"
	_ "unsafe" // go:linkname
)

// ServeDependencies makes aws-lambda-go's own Start functions pass the handler to Python, as those of this package do.
// It is for calls that cannot be rewritten, such as those of a framework in the module cache. Generated code calls it
// before main, and only if the application needs it.
func ServeDependencies() error {
	if runtimeAPIStartFunction == nil {
		return errors.New("a dependency calls lambda.Start, which does not work with this version of aws-lambda-go: " +
			"use the version that this module's go.mod requires")
	}
	// aws-lambda-go refuses to start if the variable is not set, as outside of Lambda.
	if os.Getenv(runtimeAPIStartFunction.env) == "" {
		runtimeAPIStartFunction.env = "SPARTA_LIBRARY"
		if err := os.Setenv(runtimeAPIStartFunction.env, "1"); err != nil {
			return err
		}
	}
	runtimeAPIStartFunction.f = startDependency
	return nil
}

// startFunction is aws-lambda-go's type of that name.
type startFunction struct {
	env string
	f   dependencyStart
}

// runtimeAPIStartFunction is aws-lambda-go's variable of that name, which it has since 1.18, the first version with a
// client of Lambda's Runtime API. Where it is missing, the variable is nil.
//
//go:linkname runtimeAPIStartFunction github.com/aws/aws-lambda-go/lambda.runtimeAPIStartFunction
var runtimeAPIStartFunction *startFunction
