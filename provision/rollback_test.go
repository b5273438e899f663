//go:build go1.25

package provision

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	cfn "github.com/aws/aws-sdk-go-v2/service/cloudformation"
	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"

	"github.com/go-sparta/sparta/internal/commandline"
	"github.com/go-sparta/sparta/provision/internal/connection"
	"github.com/go-sparta/sparta/provision/internal/stack"
	"github.com/go-sparta/sparta/provision/internal/template"
	"github.com/go-sparta/sparta/sparta"
)

// aliased makes the deployed stack of functions whose alias live refers to version 7.
func (w *world) aliased() *fakeStack {
	fake := w.deployed()
	resources := map[string]any{"Table": map[string]any{"Type": "AWS::DynamoDB::Table", "Properties": "a<b"}}
	for _, info := range w.service.Functions {
		id := strings.TrimSuffix(template.FunctionLogicalID(info.Name()), "Function")
		arn := "arn:aws:lambda:eu-west-1:123456789012:function:svc-" + info.Name()
		fake.holds = append(fake.holds,
			held("AWS::Lambda::Version", id+"VersionOld", arn+":6", "DELETE_COMPLETE"),
			held("AWS::Lambda::Version", id+"VersionNew", arn+":7", "CREATE_COMPLETE"),
			held("AWS::Lambda::Alias", id+"Alias", arn+":live", "UPDATE_COMPLETE"))
		resources[id+"Alias"] = map[string]any{"Type": "AWS::Lambda::Alias", "Properties": map[string]any{
			"Name":            "live",
			"FunctionVersion": map[string]any{"Fn::GetAtt": []string{id + "VersionNew", "Version"}},
		}}
	}
	text, err := json.Marshal(map[string]any{
		"Conditions": map[string]any{"Big": map[string]any{"Fn::Equals": []any{12345678901234567, 1.50}}},
		"Parameters": map[string]any{"Secret": map[string]any{"Type": "String", "NoEcho": true}},
		"Resources":  resources,
	})
	if err != nil {
		w.t.Fatal(err)
	}
	fake.template = string(text)
	fake.params = []cfntypes.Parameter{{ParameterKey: aws.String("Secret"), ParameterValue: aws.String("****")}}
	w.cfn.changes = []cfntypes.Change{change("Modify", "HelloAlias", "AWS::Lambda::Alias")}
	w.alias = pointing{version: "7"}
	return fake
}

func (w *world) rollback(options commandline.Rollback) error {
	w.t.Helper()
	clients, err := w.connect(w.t.Context(), SessionOptions{}, w.options.Logger)
	if err != nil {
		w.t.Fatal(err)
	}
	clients.aliases = w.alias
	claim, err := newClaim(w.service, options.Stack, options.Adopt)
	if err != nil {
		return err
	}
	w.cfn.calls = nil
	ctx, cancel := connection.WithTimeout(w.t.Context(), 10*time.Minute)
	defer cancel()
	return clients.rollBack(ctx, w.service, claim, RollbackOptions{Rollback: options, Stdout: &w.stdout})
}

// Nothing but the alias changes in the template, and the values of parameters and the tags stay.
func TestTheChangeSetOfARollback(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		fake := w.aliased()
		before := fake.template
		if err := w.rollback(commandline.Rollback{}); err != nil {
			t.Fatal(err)
		}
		in := w.cfn.inputs["CreateChangeSet"].(*cfn.CreateChangeSetInput)
		record := "HelloAlias 6 7 HelloVersionNew " + time.Now().Add(-7*time.Second).UTC().Format("2006-01-02T")
		var parameters []string
		for _, p := range in.Parameters {
			parameters = append(parameters, fmt.Sprint(
				*p.ParameterKey, " ", aws.ToBool(p.UsePreviousValue), " ", aws.ToString(p.ParameterValue)))
		}
		if len(parameters) != 2 || parameters[0] != "Secret true " ||
			!strings.HasPrefix(parameters[1], "SpartaRollbacks false "+record) {
			t.Errorf("the parameters are %q", parameters)
		}
		if tagsOf(in.Tags)[stack.ApplicationTag] != tagsOf(ownTags())[stack.ApplicationTag] ||
			len(in.Tags) != len(ownTags()) || in.RoleARN != nil {
			t.Errorf("input %+v", in)
		}
		has(t, *in.ChangeSetName, "sparta-rollback-")
		has(t, *in.Description, "cgo:rollback: alias live of svc-hello to version 6")
		moved := strings.Replace(before, `{"Fn::GetAtt":["HelloVersionNew","Version"]}`, `"6"`, 1)
		body := aws.ToString(in.TemplateBody)
		from := strings.Index(body, `"SpartaRollbacks":`)
		if from < 0 {
			t.Fatalf("the template is %s", body)
		}
		end := from + strings.Index(body[from:], "}") + 1
		if rest := strings.Replace(body[:from]+body[end:], `},}`, `}}`, 1); rest != moved {
			t.Errorf("the template is\n%s, want\n%s", rest, moved)
		}
	})
}

func TestRollbacksOfStacksThatAreNotReady(t *testing.T) {
	for status, want := range map[string]string{
		"":                       "it does not exist",
		"UPDATE_IN_PROGRESS":     "wait until that has ended",
		"REVIEW_IN_PROGRESS":     "it does not exist",
		"ROLLBACK_COMPLETE":      "run cgo:provision",
		"DELETE_FAILED":          "run cgo:delete",
		"UPDATE_ROLLBACK_FAILED": "run cgo:recover",
	} {
		t.Run(status, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t)
				if status != "" {
					w.aliased().base = status
				}
				if err := w.rollback(commandline.Rollback{}); err == nil || !strings.Contains(err.Error(), want) {
					t.Errorf("error %v, want %q in it", err, want)
				}
				if wrote := w.wrote(); len(wrote) > 0 {
					t.Errorf("it made the calls %v", wrote)
				}
			})
		})
	}
}

func TestRollbacksThatFail(t *testing.T) {
	for name, c := range map[string]struct {
		arrange func(*world, *fakeStack)
		options commandline.Rollback
		want    []string
		wrote   bool
	}{
		"several functions have an alias": {
			arrange: func(*world, *fakeStack) {},
			want:    []string{"choose one with --function: hello, other"},
		},
		"the alias is gone": {
			arrange: func(w *world, _ *fakeStack) {
				w.alias.err = refusal(404, "ResourceNotFoundException", "Cannot find alias arn")
			},
			options: commandline.Rollback{Function: "hello"},
			want:    []string{"alias live of svc-hello does not exist in Lambda", "deleted outside of the stack"},
		},
		"the template is not JSON": {
			arrange: func(_ *world, fake *fakeStack) { fake.template = "Resources:\n" },
			options: commandline.Rollback{Function: "hello"},
			want:    []string{"is not the JSON that cgo:provision writes"},
		},
		"the alias's version is an expression": {
			arrange: func(_ *world, fake *fakeStack) {
				fake.template = strings.Replace(fake.template,
					`{"Fn::GetAtt":["HelloVersionNew","Version"]}`, `{"Ref":"X"}`, 1)
			},
			options: commandline.Rollback{Function: "hello"},
			want:    []string{`sets FunctionVersion of HelloAlias to {"Ref":"X"}`},
		},
		"data would be lost": {
			arrange: func(w *world, _ *fakeStack) {
				w.cfn.changes = append(w.cfn.changes, change("Remove", "Table", "AWS::DynamoDB::Table"))
			},
			options: commandline.Rollback{Function: "hello"},
			want:    []string{"more than the alias would change", "Table (AWS::DynamoDB::Table) is removed"},
			wrote:   true, // the change set, which is deleted
		},
		"CloudFormation restores the alias": {
			arrange: func(w *world, _ *fakeStack) {
				w.cfn.updates = []step{
					{status: "UPDATE_IN_PROGRESS", reason: "User Initiated"},
					{id: "HelloAlias", kind: "AWS::Lambda::Alias", status: "UPDATE_FAILED", reason: "no permission"},
					{status: "UPDATE_ROLLBACK_IN_PROGRESS"},
					{after: time.Second, status: "UPDATE_ROLLBACK_COMPLETE"},
				}
			},
			options: commandline.Rollback{Function: "hello"},
			want:    []string{"the alias is where it was before", "cgo:rollback again", "no permission"},
			wrote:   true,
		},
		"another run changes the stack": {
			arrange: func(w *world, _ *fakeStack) {
				const busy = "Stack:x is in UPDATE_IN_PROGRESS state and can not be updated."
				w.cfn.faults["CreateChangeSet"] = []fault{{err: refusal(400, "ValidationError", busy)}}
			},
			options: commandline.Rollback{Function: "hello"},
			want:    []string{"run cgo:rollback again"},
			wrote:   true,
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t,
					newInfo(t, "hello", sparta.IAMRoleDefinition{}), newInfo(t, "other", sparta.IAMRoleDefinition{}))
				fake := w.aliased()
				c.arrange(w, fake)
				err := w.rollback(c.options)
				if err == nil {
					t.Fatal("no error")
				}
				has(t, err.Error(), c.want...)
				if wrote := w.wrote(); len(wrote) > 0 != c.wrote {
					t.Errorf("it made the calls %v", wrote)
				}
				if len(w.cfn.sets) > 0 && !strings.Contains(name, "CloudFormation") {
					t.Errorf("change sets are left: %v", w.cfn.sets)
				}
				if name == "CloudFormation restores the alias" {
					if failure := (*stack.Failure)(nil); !errors.As(err, &failure) {
						t.Errorf("error %v", err)
					}
				}
			})
		})
	}
}

// A template that is too large for a request goes through the bucket.
func TestALargeTemplateIsRolledBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		fake := w.aliased()
		fake.template = strings.Replace(fake.template, `a\u003cb`, strings.Repeat("x", 60_000), 1)
		if err := w.rollback(commandline.Rollback{Version: "2"}); err != nil {
			t.Fatal(err)
		}
		in := w.cfn.inputs["CreateChangeSet"].(*cfn.CreateChangeSetInput)
		url := aws.ToString(in.TemplateURL)
		if in.TemplateBody != nil || !strings.HasPrefix(url, "https://packages.s3.amazonaws.com/6") {
			t.Errorf("the template is at %s", url)
		}
	})
}

// A deployment reads the stack again if another deployment has changed it meanwhile, but logs this message once.
func TestADeploymentSaysOnceThatAnAliasMovesOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.service.Functions[0].Options = &sparta.LambdaFunctionOptions{Alias: "live"}
		fake := w.deployed()
		record := template.FormatRollbacks([]template.Rollback{
			{Alias: "HelloAlias", Version: "6", From: "7", Newest: "HelloVersionOld", At: time.Now()},
		})
		fake.params = []cfntypes.Parameter{
			{ParameterKey: aws.String(template.RollbacksParameter), ParameterValue: &record},
		}
		w.cfn.faults["ExecuteChangeSet"] = slices.Repeat([]fault{{then: func() { w.cfn.sets = nil }}}, 2)
		w.must()
		said := w.log.String()
		if strings.Count(said, "looking at the stack again") != 2 ||
			strings.Count(said, "alias live of svc-hello refers to version 6 since cgo:rollback") != 1 {
			t.Errorf("the log is\n%s", said)
		}
	})
}
