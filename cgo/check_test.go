//go:build !lambdabinary

package cgo

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/commandline"
	"github.com/go-sparta/sparta/internal/testaws"
	"github.com/go-sparta/sparta/sparta"
	"github.com/go-sparta/sparta/spartamage"
)

func TestProvisionCheckReportsWhetherTheTargetMayBuild(t *testing.T) {
	hooks := []sparta.WorkflowHook{func(context.Context, *sparta.Workflow) error { return nil }}
	tests := map[string]struct {
		hooks *sparta.WorkflowHooks
		args  []string
		want  commandline.CheckReport
		unset string // a variable of AWS
		err   string
	}{
		"no hooks": {want: commandline.CheckReport{Level: "info"}},
		"hooks after a build": {
			hooks: &sparta.WorkflowHooks{PostBuild: hooks}, want: commandline.CheckReport{Level: "info"},
		},
		"hooks before a build": {
			hooks: &sparta.WorkflowHooks{PreBuild: hooks}, want: commandline.CheckReport{Builds: true, Level: "info"},
		},
		"hooks after a failure, which a build may be": {
			hooks: &sparta.WorkflowHooks{Rollback: hooks}, want: commandline.CheckReport{Builds: true, Level: "info"},
		},
		"build tags": {args: []string{"--tags=x"}, want: commandline.CheckReport{Builds: true, Level: "info"}},
		"linker flags": {
			args: []string{"--ldflags=-s"}, want: commandline.CheckReport{Builds: true, Level: "info"},
		},
		"a log in JSON": {
			args: []string{"--format=json"}, want: commandline.CheckReport{Builds: true, Level: "info"},
		},
		"a level":          {args: []string{"--level=warn"}, want: commandline.CheckReport{Level: "warning"}},
		"a negative wait":  {args: []string{"--wait=-1s"}, err: "-1s"},
		"an unknown flag":  {args: []string{"--colour"}, err: "unknown flag: --colour: see Hello provision --help"},
		"another to adopt": {args: []string{"--adopt=b"}, err: "does not repeat the stack's name"},
		"a stack's name":   {args: []string{"--stack=a_b"}, err: `stack name "a_b" is invalid`},
		"a parameter":      {args: []string{"--parameter=Nope=x"}, err: "parameter Nope is unknown"},
		"no region":        {unset: "AWS_REGION", err: "no AWS region: set AWS_REGION, or a region in the profile"},
		"no credentials":   {unset: "AWS_ACCESS_KEY_ID", err: "no AWS credentials: set AWS_PROFILE"},
		"a preview without a region": {
			unset: "AWS_REGION", args: []string{"--noop"}, want: commandline.CheckReport{Level: "info"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Setenv("SPARTA_LOG_LEVEL", "")
			t.Setenv("SPARTA_BUILD_TAGS", "")
			t.Setenv("SPARTA_LDFLAGS", "")
			testaws.ClearEnvironment(t)
			testaws.SetCredentials(t)
			t.Setenv("AWS_REGION", "eu-west-1")
			if test.unset != "" {
				t.Setenv(test.unset, "")
			}
			s := service{
				name: "Hello", hooks: test.hooks, deployment: spartamage.Deployment{Application: "example.com/hello"},
				functions: []*sparta.LambdaAWSInfo{sparta.HandleAWSLambda("f", func() {}, "role")},
			}
			var stdout, stderr bytes.Buffer
			err := s.run(t.Context(), append([]string{"provision", "--check"}, test.args...),
				streams{out: &stdout, err: &stderr})
			if test.err != "" {
				if err == nil || !strings.Contains(err.Error(), test.err) {
					t.Errorf("error %v, want %q", err, test.err)
				}
				return
			}
			var got commandline.CheckReport
			if err != nil || json.Unmarshal(stdout.Bytes(), &got) != nil || got != test.want || stderr.Len() > 0 {
				t.Errorf("report is %s (error: %v, stderr: %q), want %+v", &stdout, err, &stderr, test.want)
			}
		})
	}
}

// Without a region or credentials, nothing is built: in this folder, a build would fail.
func TestADeploymentWithoutAccessIsNotBuilt(t *testing.T) {
	for unset, want := range map[string]string{
		"AWS_REGION": "no AWS region", "AWS_ACCESS_KEY_ID": "no AWS credentials", "": "build: ",
	} {
		t.Run(unset, func(t *testing.T) {
			t.Chdir(t.TempDir())
			testaws.ClearEnvironment(t)
			testaws.SetCredentials(t)
			t.Setenv("AWS_REGION", "eu-west-1")
			if unset != "" {
				t.Setenv(unset, "")
			}
			undone := false
			hook := func(context.Context, *sparta.Workflow) error { undone = true; return nil }
			s := service{
				name: "Hello", deployment: spartamage.Deployment{Application: "example.com/hello"},
				hooks:     &sparta.WorkflowHooks{Rollback: []sparta.WorkflowHook{hook}},
				functions: []*sparta.LambdaAWSInfo{sparta.HandleAWSLambda("f", func() {}, "role")},
			}
			var stdout, stderr bytes.Buffer
			err := s.run(t.Context(), []string{"provision"}, streams{out: &stdout, err: &stderr})
			if err == nil || !strings.Contains(err.Error(), want) || !undone {
				t.Errorf("error %v, want %q; the Rollback hook was called: %t", err, want, undone)
			}
		})
	}
}
