//go:build !lambdabinary

package cgo_test

import (
	"encoding/json"
	"testing"

	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/cgo"
	"github.com/go-sparta/sparta/sparta"
)

func TestTheLevelReachesFunctions(t *testing.T) {
	shared := &sparta.LambdaFunctionOptions{Environment: map[string]any{"A": "1"}}
	for name, c := range map[string]struct {
		options *sparta.LambdaFunctionOptions
		want    string // the function's environment
	}{
		"a function without options": {nil, `{"SPARTA_LOG_LEVEL":"debug"}`},
		"one with other variables":   {shared, `{"A":"1","SPARTA_LOG_LEVEL":"debug"}`},
		"one with its own level": {
			&sparta.LambdaFunctionOptions{Environment: map[string]any{"SPARTA_LOG_LEVEL": "error"}},
			`{"SPARTA_LOG_LEVEL":"error"}`,
		},
		"one at the edge": {&sparta.LambdaFunctionOptions{Edge: true}, `null`},
	} {
		t.Run(name, func(t *testing.T) {
			function := &sparta.LambdaAWSInfo{Options: c.options}
			got := cgo.WithLogLevel([]*sparta.LambdaAWSInfo{function, nil}, logrus.DebugLevel)
			environment, err := json.Marshal(got[0].Options.Environment)
			if err != nil || string(environment) != c.want || got[1] != nil {
				t.Errorf("got %s, %v; want %s", environment, err, c.want)
			}
			if len(shared.Environment) != 1 || function.Options != c.options {
				t.Error("the application's own options have changed")
			}
		})
	}
}
