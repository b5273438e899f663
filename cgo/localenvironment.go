//go:build !lambdabinary

package cgo

import (
	"fmt"
	"os"

	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/sparta"
)

// setEnvironment sets the function's variables in the process, and returns the names of those that it has set. The
// shell's values take precedence, so that a local run can use other resources.
func setEnvironment(function *sparta.LambdaAWSInfo, logger *logrus.Logger) (set []string, err error) {
	if function.Options == nil {
		return nil, nil
	}
	for name, value := range function.Options.Environment {
		if _, known := os.LookupEnv(name); known {
			continue
		}
		text, ok := value.(string)
		if !ok || sparta.IsDynamicReference(value) {
			logger.Warnf("environment variable %s has no value before it is deployed: "+
				"set it in the shell if the function needs it", name)
			continue
		}
		if err := os.Setenv(name, text); err != nil {
			return set, fmt.Errorf("set environment variable %s: %w", name, err)
		}
		set = append(set, name)
	}
	return set, nil
}
