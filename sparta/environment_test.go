package sparta_test

import (
	"strings"
	"testing"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

func TestEnvironmentProblemsShowNoValue(t *testing.T) {
	tests := map[string]struct {
		environment map[string]any
		want        string
	}{
		"texts and intrinsics": {
			map[string]any{
				"NAME": "text",
				"REF":  cloudformation.Ref("Table"),
				"ATT":  cloudformation.GetAtt{"Table", "Arn"},
				"MAP":  map[string]string{"Ref": "Table"},
			},
			"",
		},
		"4 KB as JSON": {map[string]any{"NAME": strings.Repeat("s", 4085)}, ""},
		"a byte more": {
			map[string]any{"NAME": strings.Repeat("s", 4086)},
			"environment of 4097 bytes as JSON is too large: " +
				"use up to 4096, and keep the rest in Parameter Store or Secrets Manager",
		},
		"one letter": {
			map[string]any{"X": "secret"},
			`environment variable "X" has an invalid name: use two or more letters, digits and underscores, ` +
				`beginning with a letter`,
		},
		"a hyphen": {
			map[string]any{"MY-NAME": "secret"},
			`environment variable "MY-NAME" has an invalid name: use two or more letters, digits and underscores, ` +
				`beginning with a letter`,
		},
		"a name of AWS's": {
			map[string]any{"AWS_REGION": "secret"},
			"environment variable AWS_REGION is set by Lambda itself: choose another name",
		},
		"a wrapper": {map[string]any{"AWS_LAMBDA_EXEC_WRAPPER": "/opt/wrapper"}, ""},
		"a map that is not an intrinsic": {
			map[string]any{"NAME": map[string]any{"secret": "secret"}},
			"environment variable NAME is of type map[string]interface {}: use a string or a CloudFormation intrinsic",
		},
		"a value without JSON": {
			map[string]any{"NAME": func() {}},
			"environment variable NAME is of type func(): use a string or a CloudFormation intrinsic",
		},
		"an object of two keys": {
			map[string]any{"NAME": struct{ Ref, Secret string }{"Table", "secret"}},
			"environment variable NAME is of type struct { Ref string; Secret string }: use a string or a " +
				"CloudFormation intrinsic",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := problems(func(info *sparta.LambdaAWSInfo) { info.Options.Environment = test.environment })
			if got != test.want {
				t.Errorf("problems are %s\n         want %s", got, test.want)
			}
		})
	}
}
