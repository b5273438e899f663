package provision

import (
	"context"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/commandline"
	"github.com/go-sparta/sparta/sparta"
)

func TestCheckOptions(t *testing.T) {
	long := strings.Repeat("a", 61)
	hook := []sparta.WorkflowHook{func(context.Context, *sparta.Workflow) error { return nil }}
	for name, c := range map[string]struct {
		functions []string
		options   commandline.Provision
		hooks     *sparta.WorkflowHooks
		want      string
	}{
		"a stack's name": {options: commandline.Provision{Stack: "Prod-2"}},
		"an invalid stack's name": {
			options: commandline.Provision{Stack: "a_b"},
			want: `stack name "a_b" is invalid: ` +
				"use up to 128 letters, digits and hyphens, beginning with a letter, in SPARTA_STACK (-stack) or the " +
				"service's name (SPARTA_SERVICE for a plain application)",
		},
		"an invalid stack's name with NoOp": {
			options: commandline.Provision{Stack: "2nd", NoOp: true},
			want: `stack name "2nd" is invalid: ` +
				"use up to 128 letters, digits and hyphens, beginning with a letter, in SPARTA_STACK (-stack) or the " +
				"service's name (SPARTA_SERVICE for a plain application)",
		},
		"functions with the same logical ID": {
			functions: []string{"hello", "Hello"},
			want:      "functions hello and Hello are both Hello in the template: set SpartaOptions.Name of one",
		},
		"a function's name at the limit": {functions: []string{long[1:]}},
		"a function's name over the limit": {
			functions: []string{long},
			want: "function " + long + ": its name in AWS, svc-" + long + ", has 65 characters, over Lambda's 64: " +
				"shorten the stack's name (SPARTA_STACK, or the service's: SPARTA_SERVICE for a plain application) " +
				"or the function's (SPARTA_FUNCTION for a plain application, otherwise SpartaOptions.Name)",
		},
		"an invalid bucket": {
			options: commandline.Provision{S3Bucket: "s3://mine"},
			want:    `bucket "s3://mine" is invalid: use the name of a bucket, without s3:// or a path`,
		},
		"an unknown parameter": {
			options: commandline.Provision{Params: map[string]string{"Nope": "x"}},
			want:    "parameter Nope is unknown: the template has no parameters",
		},
		"an unknown parameter that a hook may add": {
			options: commandline.Provision{Params: map[string]string{"Nope": "x"}},
			hooks:   &sparta.WorkflowHooks{PreMarshall: hook},
		},
		"an unknown parameter and hooks that cannot add it": {
			options: commandline.Provision{Params: map[string]string{"Nope": "x"}},
			hooks:   &sparta.WorkflowHooks{Rollback: hook},
			want:    "parameter Nope is unknown: the template has no parameters",
		},
		"an unknown parameter with NoOp, which renders the template": {
			options: commandline.Provision{Params: map[string]string{"Nope": "x"}, NoOp: true},
		},
	} {
		t.Run(name, func(t *testing.T) {
			service := Service{Name: "svc", Hooks: c.hooks}
			if c.functions == nil {
				c.functions = []string{"hello"}
			}
			for _, function := range c.functions {
				service.Functions = append(service.Functions, newInfo(t, function, sparta.IAMRoleDefinition{}))
			}
			err := CheckOptions(service, Options{Provision: c.options})
			if got := errorText(err); got != c.want {
				t.Errorf("error is %q\n    want %q", got, c.want)
			}
		})
	}
}

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
