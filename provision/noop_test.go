//go:build go1.25

package provision

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/aws/aws-sdk-go-v2/aws"
	cfn "github.com/aws/aws-sdk-go-v2/service/cloudformation"
	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/connection"
	"github.com/go-sparta/sparta/provision/internal/stack"
	"github.com/go-sparta/sparta/provision/internal/template"
	"github.com/go-sparta/sparta/sparta"
)

// file reads a file of the workspace.
func (w *world) file(name string) string {
	w.t.Helper()
	text, err := os.ReadFile(filepath.Join(w.options.Workspace, name))
	if err != nil {
		w.t.Fatal(err)
	}
	return string(text)
}

func newPreview(t testing.TB, infos ...*sparta.LambdaAWSInfo) *world {
	t.Helper()
	w := newWorld(t, infos...)
	w.options.NoOp = true
	return w
}

func TestAPreviewNeedsNoAWS(t *testing.T) {
	for name, arrange := range map[string]func(*world){
		"no region": func(w *world) { w.noAWS = connection.ErrNoRegion },
		"no credentials": func(w *world) {
			w.anonymous = fmt.Errorf("look up the AWS account: %w", connection.ErrNoCredentials)
		},
		"credentials that are expired": func(w *world) { w.anonymous = refusal(403, "ExpiredToken", "expired") },
	} {
		t.Run(name, func(t *testing.T) {
			w := newPreview(t)
			arrange(w)
			result := w.must()
			if result.Changed || result.Status != "" {
				t.Errorf("result %+v", result)
			}
			var rendered struct {
				Parameters map[string]any
				Resources  map[string]struct{ Type string }
			}
			if err := json.Unmarshal([]byte(w.file("template.json")), &rendered); err != nil {
				t.Fatal(err)
			}
			if rendered.Resources["HelloFunction"].Type != stack.FunctionType ||
				rendered.Parameters[template.CodeBucketParameter] == nil {
				t.Errorf("the template is %+v", rendered)
			}
			if result.Template != filepath.Join(w.options.Workspace, "template.json") {
				t.Errorf("template at %s", result.Template)
			}
			has(t, w.file("summary.json"),
				`"changes": null`,
				`"stack": "svc"`,
				`"key": "svc/`+w.pkg.SHA256+`.zip"`,
				`"AWS::Lambda::Function": 1`,
				`"svc-hello"`,
				template.CodeBucketParameter)
			has(t, w.stdout.String(), "RESOURCE       TYPE", "HelloFunction  AWS::Lambda::Function")
			has(t, w.log.String(), "no preview of changes")
			for _, call := range w.cfn.calls {
				if call != "GetCallerIdentity" {
					t.Errorf("calls %v", w.cfn.calls)
				}
			}
		})
	}
}

func TestOnlyTheOwnerMayReadTheTemplate(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has other permissions")
	}
	w := newPreview(t)
	w.noAWS = connection.ErrNoRegion
	w.must()
	info, err := os.Stat(filepath.Join(w.options.Workspace, "template.json"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	files, err := os.ReadDir(w.options.Workspace)
	if err != nil || len(files) != 2 {
		t.Errorf("files %v, %v", files, err)
	}
}

func TestAPreviewOfANewStackCreatesNone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newPreview(t)
		result := w.must()
		if result.Changed || len(result.Changes) != 3 || len(w.cfn.stacks) > 0 || len(w.objects) > 0 {
			t.Errorf("result %+v, stacks %v, objects %v", result, w.cfn.stacks, w.objects)
		}
		if calls := strings.Join(w.cfn.calls, " "); calls != "GetCallerIdentity DescribeStacks" {
			t.Errorf("calls %s", calls)
		}
		has(t, w.stdout.String(), "Add     HelloFunction")
		has(t, w.file("summary.json"),
			`"action": "Add"`,
			`"region": "eu-west-1"`,
			`"bucket": "sparta-packages-123456789012-eu-west-1"`)
		has(t, w.file("template.json"), "sparta-packages-123456789012-eu-west-1")
	})
}

func TestAPreviewOfAnUpdate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newPreview(t)
		w.deployed()
		w.pack("2")
		result := w.must()
		if result.Changed || len(result.Changes) != 1 || result.Status != "UPDATE_COMPLETE" || w.cfn.left() != "" {
			t.Errorf("result %+v, left %s", result, w.cfn.left())
		}
		has(t, w.stdout.String(), "Modify  HelloFunction  AWS::Lambda::Function  False")

		w.stdout.Reset()
		w.unchanged()
		w.functions["svc-hello"].sha = w.code()
		if result := w.must(); len(result.Changes) != 0 || w.stdout.Len() > 0 {
			t.Errorf("without changes: %+v\n%s", result, &w.stdout)
		}
		has(t, w.log.String(), "no changes: stack svc is as described")

		w.options.JSON = true
		w.must()
		has(t, w.stdout.String(), `"changed": false`, `"changes": []`)
	})
}

// In no state does a preview change or delete what is there.
func TestAPreviewInEachState(t *testing.T) {
	for status, want := range map[string]string{
		"ROLLBACK_COMPLETE":      "it would be deleted and created again",
		"UPDATE_IN_PROGRESS":     "there is a preview of changes when that has ended",
		"DELETE_IN_PROGRESS":     "there is a preview of changes when that has ended",
		"UPDATE_ROLLBACK_FAILED": "run cgo:recover",
	} {
		t.Run(status, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newPreview(t)
				w.cfn.add("svc", status)
				_, err := w.run(t.Context())
				has(t, w.log.String()+fmt.Sprint(err), want)
				for _, call := range w.cfn.calls {
					if call != "GetCallerIdentity" && !strings.HasPrefix(call, "Describe") {
						t.Errorf("it called %s", call)
					}
				}
				has(t, w.file("template.json"), "HelloFunction")
				has(t, w.file("summary.json"), `"stack": "svc"`)
			})
		})
	}
}

// A stack under review has nothing in it, and may be waiting for another run.
func TestAPreviewOfAStackUnderReview(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newPreview(t)
		w.cfn.add("svc", "REVIEW_IN_PROGRESS")
		w.must()
		if got := w.cfn.stacks[0].status(); got != "REVIEW_IN_PROGRESS" || len(w.cfn.sets) > 0 {
			t.Errorf("the stack is %s, with %d change sets", got, len(w.cfn.sets))
		}
		if slices.Contains(w.cfn.calls, "DeleteStack") || slices.Contains(w.cfn.calls, "CreateChangeSet") {
			t.Errorf("calls %v", w.cfn.calls)
		}
		has(t, w.stdout.String(), "Add     HelloFunction")
	})
}

func TestAPreviewOfALargeTemplate(t *testing.T) {
	for name, c := range map[string]struct {
		live bool
		want string // calls there must be
	}{
		"of a new stack needs no upload": {false, ""},
		"of an update uploads it":        {true, "PutTemplate"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var infos []*sparta.LambdaAWSInfo
				for i := range 60 {
					infos = append(infos, newInfo(t, fmt.Sprintf("hello%d", i), sparta.IAMRoleDefinition{}))
				}
				w := newPreview(t, infos...)
				if c.live {
					w.deployed()
					w.pack("2")
				}
				result := w.must()
				if len(result.Changes) < 60 ||
					slices.Contains(w.cfn.calls, "PutTemplate") != c.live ||
					slices.Contains(w.cfn.calls, "CreateChangeSet") != c.live {
					t.Errorf("%d changes, calls %v", len(result.Changes), w.cfn.calls)
				}
			})
		})
	}
}

// The values of a stack that is to be deleted first go with it.
func TestAPreviewWithoutParameters(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newPreview(t)
		w.service.Functions[0].Options.Environment = map[string]any{"SECRET": map[string]any{"Ref": "Secret"}}
		stack := w.cfn.add("svc", "ROLLBACK_COMPLETE")
		stack.params = []cfntypes.Parameter{{ParameterKey: aws.String("Secret"), ParameterValue: aws.String("****")}}
		if _, err := w.run(t.Context()); err == nil || !strings.Contains(err.Error(), "Secret") {
			t.Errorf("error %v", err)
		}
	})
}

func TestFilesAreWrittenWholeOrNotAtAll(t *testing.T) {
	w := newPreview(t)
	w.noAWS = connection.ErrNoRegion
	if err := os.MkdirAll(filepath.Join(w.options.Workspace, "template.json", "folder"), 0o755); err != nil {
		t.Fatal(err)
	}
	_, err := w.run(t.Context())
	want := "write " + filepath.Join(w.options.Workspace, "template.json")
	if err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("error %v, want %q", err, want)
	}
	files, err := os.ReadDir(w.options.Workspace)
	if err != nil || len(files) != 1 {
		t.Errorf("files %v, %v", files, err)
	}
}

// A hook may replace the template by one that cloudformation.NewTemplate has not made.
func TestATemplateWithoutMapsFromAHook(t *testing.T) {
	for stage, hooks := range map[string]*sparta.WorkflowHooks{
		"PreMarshall": {PreMarshall: []sparta.WorkflowHook{func(_ context.Context, work *sparta.Workflow) error {
			work.Template = &cloudformation.Template{Description: "Replaced"}
			return nil
		}}},
		"PostMarshall": {PostMarshall: []sparta.WorkflowHook{func(_ context.Context, work *sparta.Workflow) error {
			work.Template = &cloudformation.Template{Description: "Replaced", Resources: work.Template.Resources}
			return nil
		}}},
	} {
		t.Run(stage, func(t *testing.T) {
			w := newPreview(t)
			w.noAWS = connection.ErrNoRegion
			w.service.Hooks = hooks
			w.service.Functions[0].Options.Environment = map[string]any{"SECRET": cloudformation.Ref("Secret")}
			w.options.Params = map[string]string{"Secret": "s3cr3t"}
			w.options.S3Bucket = "mine"
			w.must()
			has(t, w.file("template.json"), `"Description": "Replaced"`, `"HelloFunction": {`, `"Secret": {`)
		})
	}
}

func TestHooksOfAPreviewSeeThatItIsOne(t *testing.T) {
	w := newPreview(t)
	w.noAWS = connection.ErrNoRegion
	w.options.S3Bucket = "mine"
	noop, bucket := false, ""
	look := func(_ context.Context, work *sparta.Workflow) error {
		noop, bucket = work.NoOp, work.S3Bucket
		return nil
	}
	w.service.Hooks = &sparta.WorkflowHooks{PostMarshall: []sparta.WorkflowHook{look}}
	w.must()
	if !noop || bucket != "mine" {
		t.Errorf("no-op %t, bucket %s", noop, bucket)
	}
	has(t, w.file("template.json"), `"S3Bucket": "mine"`)
}

func TestParametersOfAStack(t *testing.T) {
	secret := map[string]any{"Ref": "Secret"}
	for name, c := range map[string]struct {
		given, kept map[string]string
		want        string // name=value, name for a kept value
		err         string
	}{
		"it is given":                  {map[string]string{"Secret": "s3cr3t"}, nil, "Secret=s3cr3t", ""},
		"the stack has a value for it": {nil, map[string]string{"Secret": "****"}, "Secret", ""},
		"it is given again": {
			map[string]string{"Secret": "s3cr3t"}, map[string]string{"Secret": "****"}, "Secret=s3cr3t", "",
		},
		"an old one is not used any more": {
			map[string]string{"Secret": "s3cr3t"}, map[string]string{"Old": "x"}, "Secret=s3cr3t", "",
		},
		"it is unknown": {
			map[string]string{"Secret": "s3cr3t", "Typo": "canary"}, nil, "", "parameter Typo is unknown",
		},
		"it has no value": {nil, nil, "", "Secret"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t)
				w.service.Functions[0].Options.Environment = map[string]any{"SECRET": secret}
				w.options.Params = c.given
				if c.kept != nil {
					stack := w.deployed()
					for key, value := range c.kept {
						stack.params = append(stack.params,
							cfntypes.Parameter{ParameterKey: aws.String(key), ParameterValue: aws.String(value)})
					}
				}
				_, err := w.run(t.Context())
				if (err == nil) != (c.err == "") || err != nil && !strings.Contains(err.Error(), c.err) {
					t.Fatalf("error %v, want %q in it", err, c.err)
				}
				lacks(t, w.log.String()+w.stdout.String()+fmt.Sprint(err), "s3cr3t", "canary")
				if err != nil {
					return
				}
				var got []string
				for _, parameter := range w.cfn.inputs["CreateChangeSet"].(*cfn.CreateChangeSetInput).Parameters {
					if aws.ToBool(parameter.UsePreviousValue) {
						got = append(got, *parameter.ParameterKey)
					} else {
						got = append(got, *parameter.ParameterKey+"="+*parameter.ParameterValue)
					}
				}
				if strings.Join(got, " ") != c.want {
					t.Errorf("parameters %v, want %s", got, c.want)
				}
				lacks(t, w.file("template.json"), "s3cr3t")
			})
		})
	}
}
