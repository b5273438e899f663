//go:build !lambdabinary

package cgo

import (
	"maps"

	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/sparta"
)

// levelVariable is the environment variable that holds the level of a function's log, and of a command's.
const levelVariable = "SPARTA_LOG_LEVEL"

// withLogLevel returns the functions with a level for their logs, except those that have their own level and those at
// the edge, where functions cannot have variables.
func withLogLevel(functions []*sparta.LambdaAWSInfo, level logrus.Level) []*sparta.LambdaAWSInfo {
	leveled := make([]*sparta.LambdaAWSInfo, len(functions))
	for i, function := range functions {
		leveled[i] = function
		if function == nil || function.Options != nil && function.Options.Edge {
			continue
		}
		own := *function
		own.Options = &sparta.LambdaFunctionOptions{}
		if function.Options != nil {
			*own.Options = *function.Options
		}
		if _, set := own.Options.Environment[levelVariable]; set {
			continue
		}
		own.Options.Environment = maps.Clone(own.Options.Environment)
		if own.Options.Environment == nil {
			own.Options.Environment = map[string]any{}
		}
		own.Options.Environment[levelVariable] = level.String()
		leveled[i] = &own
	}
	return leveled
}
