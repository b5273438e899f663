package template

import (
	"context"
	"testing"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

func makeThing(context.Context, string, string, map[string]any) (map[string]any, error) {
	return nil, nil
}

// requiring is a function that requires a custom resource with these properties.
func requiring(name string, properties map[string]any, options *sparta.LambdaFunctionOptions) *sparta.LambdaAWSInfo {
	info := testFunction(name, ownRole(), nil)
	if _, err := info.RequireCustomResource(ownRole(), makeThing, options, properties); err != nil {
		panic(err)
	}
	return info
}

// customResourceCases are the templates of functions that depend on something, by the names of their files.
func customResourceCases() map[string]templateCase {
	dependent := testFunction("dependent", ownRole(), nil)
	dependent.DependsOn = []string{"Topic", "first_one"}
	return map[string]templateCase{
		"custom-resources": {before: withResources, service: testService(
			requiring("first_one", map[string]any{"Queue": cloudformation.Ref("Queue"), "Size": 1}, nil),
			requiring("second", nil, nil),
			requiring("third", nil, &sparta.LambdaFunctionOptions{
				Timeout: 900, Alias: "live", SpartaOptions: &sparta.SpartaOptions{Name: "slow"},
			}),
			dependent,
		)},
	}
}

func TestDependenciesThatCannotBeMet(t *testing.T) {
	const none = "resource AFunction: DependsOn refers to Missing, which is not a resource of the template"
	tests := map[string]struct {
		change func(a, b *sparta.LambdaAWSInfo)
		want   string
	}{
		"what does not exist": {func(a, _ *sparta.LambdaAWSInfo) { a.DependsOn = []string{"Missing"} }, none},
		"functions that wait for each other": {
			func(a, b *sparta.LambdaAWSInfo) { a.DependsOn, b.DependsOn = []string{"b"}, []string{"AFunction"} },
			"function a: b of DependsOn needs the function, which is created after it: remove it\n" +
				"function b: AFunction of DependsOn needs the function, which is created after it: remove it",
		},
		"a custom resource of the function that requires it": {
			func(a, _ *sparta.LambdaAWSInfo) {
				properties := map[string]any{"Function": cloudformation.GetAtt{"AFunction", "Arn"}}
				if _, err := a.RequireCustomResource(ownRole(), makeThing, nil, properties); err != nil {
					t.Error(err)
				}
			},
			"function a: custom resource ATemplateMakeThingResource needs the function, which is created " +
				"after it: remove the references from its properties, its function or its role",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			a, b := testFunction("a", ownRole(), nil), testFunction("b", ownRole(), nil)
			test.change(a, b)
			template, err := New(testService(a, b), testPackage, testCode)
			if err == nil {
				_, err = template.Marshal()
			}
			if test.want == "" && err != nil || test.want != "" && (err == nil || err.Error() != test.want) {
				t.Errorf("error is %v\n    want %s", err, test.want)
			}
		})
	}
}
