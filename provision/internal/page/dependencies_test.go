package page

import (
	"context"
	"testing"

	"github.com/go-sparta/sparta/sparta"
)

// TestDependenciesArrive in the template, in the description and on the page, with each setting of a custom resource.
func TestDependenciesArrive(t *testing.T) {
	made := func(context.Context, string, string, map[string]any) (map[string]any, error) { return nil, nil }
	require := func(timeout int64, name string, properties map[string]any) func(*sparta.LambdaAWSInfo) {
		return func(info *sparta.LambdaAWSInfo) {
			options := &sparta.LambdaFunctionOptions{Timeout: timeout, SpartaOptions: &sparta.SpartaOptions{Name: name}}
			if _, err := info.RequireCustomResource(sparta.IAMRoleDefinition{}, made, options, properties); err != nil {
				t.Fatal(err)
			}
		}
	}
	before := map[string]func(*sparta.LambdaAWSInfo){
		"nothing": func(*sparta.LambdaAWSInfo) {}, "a custom resource": require(0, "thing", nil),
	}
	tests := map[string]struct {
		from string
		to   func(*sparta.LambdaAWSInfo)
	}{
		"DependsOn":         {"nothing", func(info *sparta.LambdaAWSInfo) { info.DependsOn = []string{"FLogGroup"} }},
		"a custom resource": {"nothing", require(0, "thing", nil)},
		"its function":      {"a custom resource", require(0, "other", nil)},
		"its timeout":       {"a custom resource", require(99, "thing", nil)},
		"its properties":    {"a custom resource", require(0, "thing", map[string]any{"Size": "1"})},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			was := renderFunction(t, before[test.from])
			for place, text := range renderFunction(t, test.to) {
				if text == was[place] {
					t.Errorf("it does not reach the %s:\n%s", place, text)
				}
			}
		})
	}
}
