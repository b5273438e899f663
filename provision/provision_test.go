//go:build go1.25

package provision

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	cfn "github.com/aws/aws-sdk-go-v2/service/cloudformation"
	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"

	"github.com/go-sparta/sparta/provision/internal/stack"
	"github.com/go-sparta/sparta/sparta"
)

func codeDetail() cfntypes.ResourceChangeDetail {
	return cfntypes.ResourceChangeDetail{
		ChangeSource: "DirectModification",
		Evaluation:   "Static",
		Target: &cfntypes.ResourceTargetDefinition{
			Attribute:          "Properties",
			Name:               aws.String("Code"),
			RequiresRecreation: "Never",
		},
	}
}

func has(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("lacks %q:\n%s", part, text)
		}
	}
}

func lacks(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if strings.Contains(text, part) {
			t.Errorf("has %q:\n%s", part, text)
		}
	}
}

func TestAServiceIsCreated(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.options.ServiceRole = "arn:aws:iam::123456789012:role/cicd/CloudFormation"
		w.cfn.pending = 3 * time.Second
		w.cfn.changes = append(w.cfn.changes, cfntypes.Change{Type: "Hook"})
		result := w.must()
		if result.Status != "CREATE_COMPLETE" ||
			!result.Changed ||
			result.StackID == "" ||
			result.Outputs["Url"] != "https://example.com/" {
			t.Errorf("result %+v", result)
		}
		has(t, w.stdout.String(),
			"ACTION  RESOURCE       TYPE                   REPLACEMENT\n"+
				"Add     HelloFunction  AWS::Lambda::Function  -\n",
			"OUTPUT  VALUE\n"+
				"Url     https://example.com/\n")
		has(t, w.log.String(), "CREATE_COMPLETE HelloFunction at=", "type=AWS::Lambda::Function")
		in := w.cfn.inputs["CreateChangeSet"].(*cfn.CreateChangeSetInput)
		if string(in.ChangeSetType) != "CREATE" ||
			!slices.Equal(in.Capabilities, []cfntypes.Capability{"CAPABILITY_IAM", "CAPABILITY_NAMED_IAM"}) {
			t.Errorf("change set %+v", in)
		}
		executed := w.cfn.inputs["ExecuteChangeSet"].(*cfn.ExecuteChangeSetInput)
		if aws.ToString(in.ClientToken) != *in.ChangeSetName ||
			aws.ToString(executed.ClientRequestToken) != *in.ChangeSetName {
			t.Errorf("tokens %v, %v: sent again, a request would count twice",
				in.ClientToken, executed.ClientRequestToken)
		}
		if in.TemplateURL != nil || !strings.Contains(*in.TemplateBody, `"Handler": "index.hello"`) {
			t.Errorf("template by URL %v", in.TemplateURL)
		}
		if tags := tagsOf(in.Tags); len(tags) != 2 {
			t.Errorf("tags %v", tags)
		}
		has(t, *in.Description, "build 010101010101")
		if aws.ToString(in.RoleARN) != w.options.ServiceRole {
			t.Errorf("the role is %v", in.RoleARN)
		}
		has(t, *in.TemplateBody, `"buildId": "010101010101"`, `"version": "`)
		if got := w.cfn.left(); got != "" {
			t.Errorf("left: %s", got)
		}
	})
}

// Two runs at the same time must not get each other's change set.
func TestChangeSetsHaveNamesOfTheirOwn(t *testing.T) {
	a, b := stack.NewToken("provision"), stack.NewToken("provision")
	if a == b || len(a) > 128 || !strings.HasPrefix(a, "sparta-provision-") {
		t.Errorf("names %s, %s", a, b)
	}
}

func TestNothingToChange(t *testing.T) {
	for name, arrange := range map[string]func(*world){
		"a change set fails because it has no changes": (*world).unchanged,
		"a change set fails in the words of an update": func(w *world) {
			w.cfn.status, w.cfn.reason = "FAILED", "No updates are to be performed."
		},
		"a change set is refused": func(w *world) {
			w.cfn.faults["CreateChangeSet"] = []fault{
				{err: refusal(400, "ValidationError", "No updates are to be performed.")},
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t, newInfo(t, "hello", "basic"))
				w.roles["basic"] = "arn:aws:iam::123456789012:role/basic"
				w.deployed()
				arrange(w)
				result := w.must()
				if result.Changed ||
					len(result.Changes) != 0 ||
					result.Status != "UPDATE_COMPLETE" ||
					result.Outputs["Url"] == "" {
					t.Errorf("result %+v", result)
				}
				has(t, w.log.String(), "no changes: stack svc is as described")
				if len(w.cfn.calls) > 8 ||
					slices.Contains(w.cfn.calls, "PutObject") ||
					slices.Contains(w.cfn.calls, "ExecuteChangeSet") {
					t.Errorf("%d calls: %v", len(w.cfn.calls), w.cfn.calls)
				}
				if got := w.cfn.left(); got != "" {
					t.Errorf("left: %s", got)
				}
			})
		})
	}
}

func TestTheCallsOfARunWithoutChanges(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, newInfo(t, "hello", "basic"))
		w.roles["basic"] = "arn:aws:iam::123456789012:role/basic"
		w.deployed()
		w.unchanged()
		w.must()
		want := []string{
			"DescribeStacks", "GetRole", "HeadBucket", "HeadObject", "CreateChangeSet", "DescribeChangeSet",
			"DeleteChangeSet", "GetFunctionConfiguration",
		}
		if !slices.Equal(w.cfn.calls, want) {
			t.Errorf("calls %v, want %v", w.cfn.calls, want)
		}
	})
}

// Each call of a run fails in each way. The run ends in an error that is clear or
// in success; nothing stays behind; and a run after it succeeds.
func TestEachCallFails(t *testing.T) {
	type outcome struct {
		name string
		make func() fault
		fine bool // it may be overcome
	}
	outcomes := []outcome{
		{"denied", func() fault {
			message := "User: arn:aws:iam::123456789012:user/dev is not authorized"
			return fault{err: refusal(403, "AccessDenied", message)}
		}, false},
		{"a server's error", func() fault { return fault{err: refusal(500, "InternalFailure", "")} }, false},
		{"throttled", func() fault { return fault{err: refusal(400, "Throttling", "Rate exceeded")} }, false},
		{"a lost answer", func() fault { return fault{err: errReset, done: true} }, true},
		{"a lost request", func() fault { return fault{err: errReset} }, false},
	}
	scenarios := map[string]struct {
		arrange func(*world)
		calls   []string
	}{
		"create": {func(*world) {}, []string{
			"DescribeStacks",
			"CreateChangeSet",
			"DescribeChangeSet",
			"ListChangeSets",
			"ExecuteChangeSet",
			"DescribeStackEvents",
		}},
		"update": {func(w *world) { w.deployed(); w.pack("2") }, []string{
			"DescribeStacks",
			"CreateChangeSet",
			"DescribeChangeSet",
			"ListChangeSets",
			"ExecuteChangeSet",
			"DescribeStackEvents",
		}},
		"in place": {func(w *world) { w.deployed(); w.pack("2"); w.options.InPlace = true }, []string{
			"DescribeStacks",
			"CreateChangeSet",
			"DescribeChangeSet",
			"DeleteChangeSet",
		}},
		"after a failed creation": {func(w *world) { w.cfn.add("svc", "ROLLBACK_COMPLETE") }, []string{
			"DescribeStackEvents",
			"DeleteStack",
		}},
		"no-op": {func(w *world) { w.deployed(); w.pack("2"); w.options.NoOp = true }, []string{
			"DescribeStacks",
			"CreateChangeSet",
			"DescribeChangeSet",
			"DeleteChangeSet",
		}},
	}
	for name, scenario := range scenarios {
		for _, call := range scenario.calls {
			for _, outcome := range outcomes {
				t.Run(name+"/"+call+"/"+outcome.name, func(t *testing.T) {
					synctest.Test(t, func(t *testing.T) {
						w := newWorld(t)
						scenario.arrange(w)
						w.cfn.faults[call] = []fault{outcome.make()}
						_, err := w.run(t.Context())
						said := w.log.String() + fmt.Sprint(err)
						if err != nil && !outcome.fine {
							has(t, err.Error(), "cloudformation:"+call)
						}
						if err != nil && strings.Count(err.Error(), "\n") > 2 {
							t.Errorf("an error of many lines: %v", err)
						}
						if outcome.name == "denied" && err != nil {
							has(t, err.Error(), "user/dev")
						}
						if !slices.Contains(w.cfn.calls, call) {
							t.Fatalf("%s is not among the calls %v", call, w.cfn.calls)
						}
						for left := range strings.SplitSeq(w.cfn.left(), ", ") {
							if !strings.Contains(said, left) {
								t.Errorf("left without a word: %s\n%s", left, said)
							}
						}
						w.cfn.faults = map[string][]fault{}
						w.must()
						w.options.NoOp, w.options.InPlace = false, false
						w.must()
						if left := w.cfn.left(); left != "" {
							t.Errorf("left in the end: %s", left)
						}
					})
				})
			}
		}
	}
}

// Whose account it is comes from the stack, without a request; who is denied
// something has to be asked for.
func TestADeniedBucketNamesTheCaller(t *testing.T) {
	for _, call := range []string{"HeadBucket", "PutObject"} {
		t.Run(call, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t)
				w.deployed()
				w.pack("2")
				w.faults[call] = refusal(403, "AccessDenied", "no")
				_, err := w.run(t.Context())
				if err == nil || !strings.Contains(err.Error(), "is denied to arn:aws:iam::123456789012:user/dev") {
					t.Errorf("error %v", err)
				}
			})
		})
	}
}

func TestTheCallerIsAskedForOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.cfn.faults["CreateChangeSet"] = []fault{{err: refusal(403, "AccessDenied", "no")}}
		if _, err := w.run(t.Context()); err == nil {
			t.Error("no error")
		}
		if got := strings.Count(strings.Join(w.cfn.calls, " "), "GetCallerIdentity"); got != 1 {
			t.Errorf("calls %v", w.cfn.calls)
		}
	})
}

// The second of two runs waits for the first.
func TestTwoDeploymentsAtOnce(t *testing.T) {
	const other = "sparta-provision-20261126-120000-abcdefgh"
	for name, c := range map[string]struct {
		live    bool
		refusal error
		want    string
	}{
		"both create the stack": {
			false,
			refusal(400, "ValidationError", "Stack [svc] already exists"),
			"another run has created the stack meanwhile",
		},
		"both update it": {
			true,
			refusal(400, "ValidationError", "Stack:svc is in UPDATE_IN_PROGRESS state and can not be updated."),
			"another run changes the stack",
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t)
				if c.live {
					w.deployed()
					w.pack("2")
				}
				w.cfn.faults["CreateChangeSet"] = []fault{{err: c.refusal, then: func() {
					if c.live {
						w.cfn.happen(w.cfn.stacks[0], other, w.cfn.updates)
					} else {
						w.cfn.happen(w.cfn.add("svc", ""), other, w.cfn.creates)
					}
				}}}
				if result := w.must(); result.Status != "UPDATE_COMPLETE" || !result.Changed {
					t.Errorf("result %+v", result)
				}
				has(t, w.log.String(), c.want, "_IN_PROGRESS ("+other+" began at ", "waiting until that has ended")
				if got := w.cfn.left(); got != "" {
					t.Errorf("left: %s", got)
				}
			})
		})
	}
}

// A lost answer leaves open whether a request was carried out.
func TestAnswersThatAreLost(t *testing.T) {
	for _, call := range []string{"CreateChangeSet", "ExecuteChangeSet"} {
		t.Run(call, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t)
				code := map[string]string{
					"CreateChangeSet":  "AlreadyExistsException",
					"ExecuteChangeSet": "InvalidChangeSetStatus",
				}[call]
				// The SDK has sent the request again, and this is the second answer.
				w.cfn.faults[call] = []fault{{err: refusal(400, code, "it is there"), done: true}}
				if result := w.must(); result.Status != "CREATE_COMPLETE" {
					t.Errorf("result %+v", result)
				}
			})
		})
	}
}

// A request that was lost on the way back may be refused when it is sent again.
func TestARefusalMayComeTooLate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.cfn.faults["CreateChangeSet"] = []fault{{err: refusal(400, "Throttling", "Rate exceeded"), done: true}}
		if _, err := w.run(t.Context()); err == nil {
			t.Error("no error")
		}
		if left := w.cfn.left(); left != "" {
			t.Errorf("left: %s", left)
		}
	})
}

// Somebody else's deployment makes a change set obsolete: the next one is of the stack as it is then.
func TestAChangeSetThatIsObsolete(t *testing.T) {
	for times, want := range map[int]string{1: "", 2: "", 3: "somebody else has changed it meanwhile"} {
		synctest.Test(t, func(t *testing.T) {
			w := newWorld(t)
			w.deployed()
			w.pack("2")
			w.cfn.faults["ExecuteChangeSet"] = slices.Repeat([]fault{{then: func() { w.cfn.sets = nil }}}, times)
			result, err := w.run(t.Context())
			if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
				t.Errorf("%d times: error %v, want %q in it", times, err, want)
			}
			if err == nil && (result.Status != "UPDATE_COMPLETE" || len(result.Changes) != 1) {
				t.Errorf("%d times: result %+v", times, result)
			}
		})
	}
}

func TestAnInvalidServiceMakesNoRequest(t *testing.T) {
	for name, spoil := range map[string]func(*world){
		"no name":      func(w *world) { w.service.Name = "" },
		"no functions": func(w *world) { w.service.Functions = nil },
		"a hook that is nil": func(w *world) {
			w.service.Hooks = &sparta.WorkflowHooks{PreMarshall: []sparta.WorkflowHook{nil}}
		},
		"a negative wait": func(w *world) { w.options.Wait = -time.Second },
		"no package":      func(w *world) { w.pkg = Package{} },
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			spoil(w)
			if _, err := w.run(t.Context()); err == nil || len(w.cfn.calls) > 0 {
				t.Errorf("error %v, calls %v", err, w.cfn.calls)
			}
		})
	}
}

func TestRolesAreVerifiedBeforeAnythingIsUploaded(t *testing.T) {
	for name, c := range map[string]struct{ given, arn, want string }{
		"it is missing":        {"gone", "", "role gone of hello: it does not exist in the account"},
		"it has a path":        {"basic", "arn:aws:iam::123456789012:role/team/basic", "write team/basic"},
		"it exists":            {"basic", "arn:aws:iam::123456789012:role/basic", ""},
		"it exists at a path":  {"team/basic", "arn:aws-cn:iam::123456789012:role/team/basic", ""},
		"it is given by an ID": {"arn:aws:iam::123456789012:role/basic", "arn:aws:iam::123456789012:role/basic", ""},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t, newInfo(t, "hello", c.given))
				if c.arn != "" {
					w.roles["basic"] = c.arn
				}
				_, err := w.run(t.Context())
				if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
					t.Errorf("error %v, want %q", err, c.want)
				}
				if err != nil && len(w.objects) > 0 {
					t.Errorf("uploaded %v", w.objects)
				}
			})
		})
	}
}

func TestHooksRunAroundTheTemplate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		var seen []string
		hook := func(name string) []sparta.WorkflowHook {
			return []sparta.WorkflowHook{func(_ context.Context, work *sparta.Workflow) error {
				seen = append(seen, fmt.Sprintf("%s %s %s %s %t %s",
					name, work.ServiceName, work.S3Bucket, work.BuildID, work.NoOp, work.Context["from"]))
				return nil
			}}
		}
		w.options.BuildID = "b7"
		w.service.Hooks = &sparta.WorkflowHooks{
			Context:      map[string]any{"from": "PreBuild"},
			PreBuild:     hook("PreBuild"),
			PostBuild:    hook("PostBuild"),
			PreMarshall:  hook("PreMarshall"),
			PostMarshall: hook("PostMarshall"),
			Rollback:     hook("Rollback"),
		}
		w.must()
		want := []string{"PreMarshall svc packages b7 false PreBuild", "PostMarshall svc packages b7 false PreBuild"}
		if !slices.Equal(seen, want) {
			t.Errorf("hooks %q, want %q", seen, want)
		}
	})
}

func TestRollbackHooksRunAfterAFailure(t *testing.T) {
	refuse := errors.New("no")
	for name, c := range map[string]struct {
		arrange  func(*world, context.CancelFunc)
		want     int
		deployed bool // what the hook sees
	}{
		"the stack is deployed, but its outputs cannot be read": {func(w *world, cancel context.CancelFunc) {
			w.cfn.faults["DescribeStackEvents"] = []fault{{then: func() {
				w.cfn.faults["DescribeStacks"] = []fault{{err: refusal(403, "AccessDenied", "no")}}
			}}}
		}, 1, true},
		"the stack is deployed, but its site cannot be published": {func(w *world, _ context.CancelFunc) {
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, "index.html"), nil, 0o600); err != nil {
				t.Fatal(err)
			}
			w.service.Site = &sparta.S3Site{Dir: dir} // the stack has no outputs here
		}, 1, true},
		"the stack fails": {func(w *world, _ context.CancelFunc) {
			w.cfn.creates = []step{
				{status: "CREATE_IN_PROGRESS"}, {status: "ROLLBACK_IN_PROGRESS"}, {status: "ROLLBACK_COMPLETE"},
			}
		}, 1, false},
		"a hook fails": {func(w *world, _ context.CancelFunc) {
			w.service.Hooks.PreMarshall = []sparta.WorkflowHook{
				func(context.Context, *sparta.Workflow) error { return refuse },
			}
		}, 1, false},
		"nothing fails": {func(*world, context.CancelFunc) {}, 0, false},
		"it is stopped before the execution": {func(w *world, cancel context.CancelFunc) {
			w.cfn.faults["ListChangeSets"] = []fault{{then: cancel}}
		}, 1, false},
		"the run stops watching": {func(w *world, cancel context.CancelFunc) {
			w.cfn.faults["DescribeStackEvents"] = []fault{{then: cancel}}
		}, 0, false},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t)
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				calls := 0
				rollback := func(ctx context.Context, workflow *sparta.Workflow) error {
					calls++
					if workflow.Deployed != c.deployed {
						t.Errorf("the stack is deployed: %t, want %t", workflow.Deployed, c.deployed)
					}
					if ctx.Err() != nil {
						t.Error("the hook cannot do anything, its context has ended")
					}
					return nil
				}
				w.service.Hooks = &sparta.WorkflowHooks{Rollback: []sparta.WorkflowHook{rollback}}
				c.arrange(w, cancel)
				_, err := w.run(ctx)
				if calls != c.want || (err == nil) != (name == "nothing fails") {
					t.Errorf("%d calls, want %d; error %v", calls, c.want, err)
				}
			})
		})
	}
}

func TestAPreviewNamesTheFilesOfTheSite(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "index.html"), []byte("home"), 0o600); err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.options.NoOp = true
		w.service.Site = &sparta.S3Site{Dir: dir}
		w.must()
		has(t, w.log.String(), "1 file of 4 bytes: provisioning uploads those that differ from the bucket's, and "+
			"MANIFEST.json: index.html")
	})
}

func TestLargeTemplatesGoThroughTheBucket(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var infos []*sparta.LambdaAWSInfo
		for i := range 60 {
			infos = append(infos, newInfo(t, fmt.Sprintf("hello%d", i), sparta.IAMRoleDefinition{}))
		}
		w := newWorld(t, infos...)
		w.must()
		in := w.cfn.inputs["CreateChangeSet"].(*cfn.CreateChangeSetInput)
		if in.TemplateBody != nil || !strings.HasPrefix(aws.ToString(in.TemplateURL), "https://packages.") {
			t.Errorf("body %v, URL %v", in.TemplateBody != nil, in.TemplateURL)
		}
	})
}

func TestAbandonedChangeSetsAreDeleted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		stack, other := w.deployed(), w.cfn.add("other", "UPDATE_COMPLETE")
		w.pack("2")
		for i := range 7 {
			w.cfn.sets = append(w.cfn.sets, &fakeSet{name: fmt.Sprintf("sparta-provision-old-%d", i), stack: stack})
		}
		w.cfn.sets = append(w.cfn.sets, &fakeSet{name: "by-hand", stack: stack},
			&fakeSet{name: "sparta-provision-others", stack: other})
		w.cfn.page = 3
		var names []string
		w.cfn.faults["ExecuteChangeSet"] = []fault{{then: func() {
			for _, set := range w.cfn.sets {
				names = append(names, set.name)
			}
		}}}
		w.must()
		if len(names) != 3 || names[0] != "by-hand" || names[1] != "sparta-provision-others" {
			t.Errorf("change sets before the execution: %v", names)
		}
		has(t, w.log.String(), "deleted change set sparta-provision-old-6 of an earlier run")
	})
}

func TestTooManyChangeSetsMakeRoom(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		stack := w.deployed()
		w.pack("2")
		w.cfn.sets = append(w.cfn.sets, &fakeSet{name: "sparta-provision-old", stack: stack})
		w.cfn.faults["CreateChangeSet"] = []fault{{err: refusal(400, "LimitExceededException", "too many")}}
		w.must()
		has(t, w.log.String(), "deleted change set sparta-provision-old")
	})
}

func TestAChangeSetThatFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.cfn.status, w.cfn.reason = "FAILED", "Transform is not allowed"
		_, err := w.run(t.Context())
		if err == nil || !strings.Contains(err.Error(), "is FAILED: Transform is not allowed") {
			t.Errorf("error %v", err)
		}
		if left := w.cfn.left(); left != "" {
			t.Errorf("left: %s", left)
		}
	})
}

// A stack under review may wait for someone else's change set, too.
func TestTheStackOfAnotherChangeSetStays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.cfn.status, w.cfn.reason = "FAILED", "Transform is not allowed"
		w.cfn.faults["DescribeChangeSet"] = []fault{{then: func() {
			w.cfn.sets = append(w.cfn.sets, &fakeSet{name: "by-hand", stack: w.cfn.stacks[0]})
		}}}
		if _, err := w.run(t.Context()); err == nil {
			t.Error("no error")
		}
		if w.cfn.stacks[0].status() != "REVIEW_IN_PROGRESS" {
			t.Errorf("the stack is %s", w.cfn.stacks[0].status())
		}
		has(t, w.log.String(), "stack svc stays in REVIEW_IN_PROGRESS for another change set")
	})
}

// A change set that does not exist any more needs no deleting.
func TestAChangeSetThatIsGoneAlready(t *testing.T) {
	for name, c := range map[string]struct {
		live bool
		err  error
	}{
		"by itself":       {true, refusal(404, "ChangeSetNotFound", "it does not exist")},
		"with its stack":  {true, noSuchStack("svc")},
		"after its stack": {false, refusal(500, "InternalFailure", "")},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t)
				if c.live {
					w.deployed()
				}
				w.cfn.status, w.cfn.reason = "FAILED", "Transform is not allowed"
				w.cfn.faults["DeleteChangeSet"] = []fault{{err: c.err}}
				_, err := w.run(t.Context())
				if err == nil || !strings.Contains(err.Error(), "not allowed") ||
					strings.Contains(err.Error(), "left") {
					t.Errorf("error %v", err)
				}
			})
		})
	}
}

func TestWhatCannotBeRemovedIsNamed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.cfn.status, w.cfn.reason = "FAILED", "Transform is not allowed"
		w.cfn.faults["DeleteChangeSet"] = []fault{{err: refusal(500, "InternalFailure", "")}}
		w.cfn.faults["DeleteStack"] = []fault{{err: refusal(403, "AccessDenied", "not authorized")}}
		_, err := w.run(t.Context())
		if err == nil {
			t.Fatal("no error")
		}
		has(t, err.Error(), "Transform is not allowed", "change set "+w.cfn.sets[0].name+" of stack svc is left behind",
			"aws cloudformation delete-change-set",
			"stack svc is left behind in REVIEW_IN_PROGRESS")
	})
}
