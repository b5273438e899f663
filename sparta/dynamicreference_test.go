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
		"a secret": {"{{resolve:secretsmanager:shop/api-key}}", ""},
		"a secret by its ARN": {
			"{{resolve:secretsmanager:arn:aws:secretsmanager:eu-west-1:123456789012:secret:a-1:SecretString:key::}}",
			"",
		},
		"a parameter's version": {"{{resolve:ssm:/shop/canary:3}}", ""},
		"two within a text":     {"{{resolve:ssm:canary}}-{{resolve:ssm:b}}", ""},
		"other braces":          {"{{name}} and {{resolve", ""},
		"a long one":            {"{{resolve:secretsmanager:" + strings.Repeat("n", 5000) + "}}", ""},
		"an intrinsic that results in one": {
			cloudformation.Join{
				Separator: "",
				Values:    []any{"{{resolve:secretsmanager:", cloudformation.Ref("Key"), "}}"},
			}, "",
		},
		"an unterminated one": {
			"{{resolve:ssm:canary}",
			"has an unterminated dynamic reference: write it as {{resolve:ssm:name}}",
		},
		"a second one without a name": {
			"{{resolve:ssm:canary}}{{resolve:ssm}}",
			"has a dynamic reference without a name: name a parameter or a secret",
		},
		"another service": {
			"{{resolve:vault:canary}}",
			"has a dynamic reference to an unknown service: use ssm or secretsmanager",
		},
		"a secure string": {
			"{{resolve:ssm-secure:canary}}",
			"refers to a secure string, which CloudFormation does not pass to functions: use Secrets Manager, or let " +
				"the function read the parameter",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			want := test.want
			if want != "" {
				want = variable + want
			}
			got := problems(
				func(info *sparta.LambdaAWSInfo) { info.Options.Environment = map[string]any{"API_KEY": test.value} })
			if got != want || strings.Contains(got, "canary") {
				t.Errorf("problems are %s\n         want %s", got, want)
			}
		})
	}
}
