package sparta_test

import (
	"strings"
	"testing"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

func TestDynamicReferences(t *testing.T) {
	const variable = "environment variable API_KEY "
	tests := map[string]struct {
		value any
		want  string
	}{
		"a secret":               {"{{resolve:secretsmanager:shop/api-key}}", ""},
		"a secret by its ARN":    {"{{resolve:secretsmanager:arn:aws:secretsmanager:eu-west-1:123456789012:secret:a-1:SecretString:key::}}", ""},
		"a parameter's version":  {"{{resolve:ssm:/shop/canary:3}}", ""},
		"two within a text":      {"{{resolve:ssm:canary}}-{{resolve:ssm:b}}", ""},
		"braces of another kind": {"{{name}} and {{resolve", ""},
		"one that is long":       {"{{resolve:secretsmanager:" + strings.Repeat("n", 5000) + "}}", ""},
		"an intrinsic that makes one": {
			cloudformation.Join{Separator: "", Values: []any{"{{resolve:secretsmanager:", cloudformation.Ref("Key"), "}}"}}, "",
		},
		"one without an end":     {"{{resolve:ssm:canary}", "has a dynamic reference without an end: write it as {{resolve:ssm:name}}"},
		"the second to nothing":  {"{{resolve:ssm:canary}}{{resolve:ssm}}", "has a dynamic reference to nothing: name a parameter or a secret"},
		"one to another service": {"{{resolve:vault:canary}}", "has a dynamic reference to an unknown service: use ssm or secretsmanager"},
		"one to a secure string": {"{{resolve:ssm-secure:canary}}", "refers to a secure string, which CloudFormation does not hand to functions: keep it in Secrets Manager, or let the function read it"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			want := test.want
			if want != "" {
				want = variable + want
			}
			got := problems(func(info *sparta.LambdaAWSInfo) { info.Options.Environment = map[string]any{"API_KEY": test.value} })
			if got != want || strings.Contains(got, "canary") {
				t.Errorf("problems are %s\n         want %s", got, want)
			}
		})
	}
}
