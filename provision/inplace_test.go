//go:build go1.25

package provision

import (
	"fmt"
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

// newPair is a service of two functions that is deployed with package 1.
func newPair(t *testing.T) *world {
	t.Helper()
	w := newWorld(t, newInfo(t, "hello", sparta.IAMRoleDefinition{}), newInfo(t, "bye", sparta.IAMRoleDefinition{}))
	w.deployed()
	return w
}

func (w *world) updatedFunctions() []string {
	var names []string
	for _, call := range w.cfn.calls {
		if name, ok := strings.CutPrefix(call, "UpdateFunctionCode "); ok {
			names = append(names, name)
		}
	}
	return names
}

func (w *world) running() []string {
	return []string{w.functions["svc-bye"].sha, w.functions["svc-hello"].sha}
}

func TestOnlyTheCodeIsUpdatedInPlace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newPair(t)
		w.options.InPlace = true
		w.pack("2")
		began := time.Now()
		result := w.must()
		if !result.Changed ||
			!slices.Equal(result.InPlace, []string{"svc-bye", "svc-hello"}) ||
			result.Status != "UPDATE_COMPLETE" ||
			result.Outputs["Url"] == "" {
			t.Errorf("result %+v", result)
		}
		if got := w.running(); got[0] != w.code() || got[1] != w.code() {
			t.Errorf("the functions run %v", got)
		}
		if time.Since(began) < 3*time.Second {
			t.Error("it did not wait for the functions")
		}
		if slices.Contains(w.cfn.calls, "ExecuteChangeSet") || w.cfn.left() != "" {
			t.Errorf("calls %v, left %s", w.cfn.calls, w.cfn.left())
		}
		has(t, w.stdout.String(), "Modify  HelloFunction")

		if result := w.must(); result.Changed || len(w.updatedFunctions()) > 0 {
			t.Errorf("again: %+v, calls %v", result, w.cfn.calls)
		}
	})
}

// The stack's tags describe its own package, otherwise every resource would change.
func TestTagsStayInPlace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newPair(t)
		before := stack.CfnTags(map[string]string{"io:gosparta:buildId": "old", "team": "a"})
		w.cfn.stacks[0].tags = append(ownTags(), before...)
		w.options.InPlace, w.options.BuildID, w.options.Tags = true, "new", map[string]string{"team": "b"}
		w.pack("2")
		w.must()
		got := map[string]string{}
		for _, tag := range w.cfn.inputs["CreateChangeSet"].(*cfn.CreateChangeSetInput).Tags {
			got[*tag.Key] = *tag.Value
		}
		if got["io:gosparta:buildId"] != "old" || got["team"] != "b" {
			t.Errorf("tags %v", got)
		}
	})
}

// After an update in place, the stack's template names an older package than the
// functions run. Whatever the next provision brings, both agree after it.
func TestAProvisionAfterAnUpdateInPlaceConverges(t *testing.T) {
	for name, c := range map[string]struct {
		next      string // package
		unchanged bool   // to CloudFormation
		inPlace   bool
	}{
		"with the package of the update":       {"2", false, false},
		"with a later package":                 {"3", false, false},
		"with the stack's package":             {"1", true, false},
		"with the stack's package, in place":   {"1", true, true},
		"with a later package, again in place": {"3", false, true},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newPair(t)
				w.options.InPlace = true
				w.pack("2")
				w.must()

				w.pack(c.next)
				w.options.InPlace = c.inPlace
				if c.unchanged {
					w.unchanged()
				}
				// What CloudFormation does.
				w.cfn.faults["ExecuteChangeSet"] = []fault{{then: func() {
					w.functions["svc-bye"].sha, w.functions["svc-hello"].sha = w.code(), w.code()
				}}}
				if result := w.must(); !result.Changed {
					t.Errorf("result %+v", result)
				}
				if got := w.running(); got[0] != w.code() || got[1] != w.code() {
					t.Errorf("the functions run %v, want %s", got, w.code())
				}
				if c.unchanged {
					has(t, w.log.String(), "restored the stack's code of svc-bye, svc-hello")
				}
			})
		})
	}
}

// A run without changes looks at the code of every function, so an update that was interrupted anywhere shows.
func TestAnInterruptedUpdateInPlaceShows(t *testing.T) {
	for name, forth := range map[string]bool{"on the way forth": true, "on the way back": false} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newPair(t)
				own := w.code()
				if forth {
					w.pack("2")
					w.options.InPlace = true
					w.faults["UpdateFunctionCode svc-hello"] = refusal(403, "AccessDenied", "no")
				} else {
					w.functions["svc-bye"].sha, w.functions["svc-hello"].sha = "other", "other"
					w.unchanged()
					w.faults["UpdateFunctionCode svc-hello"] = refusal(403, "AccessDenied", "no")
				}
				_, err := w.run(t.Context())
				if err == nil {
					t.Fatal("no error")
				}
				has(t, err.Error(), "1 of 2 functions have the new code; provision again", "lambda:UpdateFunctionCode")

				w.faults = map[string]error{}
				w.options.InPlace = false
				w.pack("1")
				w.unchanged()
				if result := w.must(); !result.Changed {
					t.Errorf("result %+v", result)
				}
				if got := w.running(); got[0] != own || got[1] != own {
					t.Errorf("the functions run %v", got)
				}
			})
		})
	}
}

func ref(change cfntypes.Change) *cfntypes.Change { return &change }

func TestChangesThatAreNotMadeInPlace(t *testing.T) {
	target := func(attribute, name string) *cfntypes.ResourceTargetDefinition {
		return &cfntypes.ResourceTargetDefinition{
			Attribute: cfntypes.ResourceAttribute(attribute),
			Name:      aws.String(name),
		}
	}
	static := func(attribute, name string) cfntypes.ResourceChangeDetail {
		return cfntypes.ResourceChangeDetail{
			Evaluation:   "Static",
			ChangeSource: "DirectModification",
			Target:       target(attribute, name),
		}
	}
	implied := func(cause string) cfntypes.ResourceChangeDetail {
		return cfntypes.ResourceChangeDetail{
			Evaluation:    "Dynamic",
			ChangeSource:  "ResourceAttribute",
			CausingEntity: aws.String(cause),
			Target:        target("Properties", "FunctionName"),
		}
	}
	hello := change("Modify", "HelloFunction", stack.FunctionType, codeDetail())
	replaced := change("Modify", "ByeFunction", stack.FunctionType, codeDetail())
	replaced.ResourceChange.Replacement = "True"
	for name, c := range map[string]struct {
		also *cfntypes.Change
		want string // empty means that it is made
	}{
		"nothing else": {nil, ""},
		"another function's code": {
			ref(change("Modify", "ByeFunction", stack.FunctionType, codeDetail())), "",
		},
		"what refers to the function": {
			ref(change("Modify", "Permission", "AWS::Lambda::Permission", implied("HelloFunction.Arn"))), "",
		},
		"what refers to something else": {
			ref(change("Modify", "Permission", "AWS::Lambda::Permission", implied("Queue.Arn"))),
			"Permission (AWS::Lambda::Permission, Modify)",
		},
		"a setting of the function": {
			ref(change("Modify", "ByeFunction", stack.FunctionType, codeDetail(), static("Properties", "Timeout"))),
			"ByeFunction (AWS::Lambda::Function, Modify)",
		},
		"tags of the function": {
			ref(change("Modify", "ByeFunction", stack.FunctionType, static("Tags", ""))), "ByeFunction",
		},
		"metadata that is called Code": {
			ref(change("Modify", "ByeFunction", stack.FunctionType, static("Metadata", "Code"))), "ByeFunction",
		},
		"a function that is replaced": {&replaced, "ByeFunction"},
		"a function not of the service": {
			ref(change("Modify", "Custom", stack.FunctionType, codeDetail())), "Custom",
		},
		"a new resource": {ref(change("Add", "Queue", queueType)), "Queue (AWS::SQS::Queue, Add)"},
		"a resource that is removed": {
			ref(change("Remove", "Queue", queueType)), "Queue (AWS::SQS::Queue, Remove)",
		},
		"a change without details": {ref(change("Modify", "ByeFunction", stack.FunctionType)), "ByeFunction"},
		"a role's policy and its function": {
			ref(change("Modify", "HelloRole", "AWS::IAM::Role", static("Properties", "Policies"))), "HelloRole",
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newPair(t)
				w.cfn.changes = []cfntypes.Change{hello}
				if c.also != nil {
					w.cfn.changes = append(w.cfn.changes, *c.also)
				}
				w.pack("2")
				w.options.InPlace = true
				_, err := w.run(t.Context())
				if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
					t.Errorf("error %v, want %q", err, c.want)
				}
				if err != nil {
					has(t, err.Error(), "provision without -inplace")
				}
				if updated := len(w.updatedFunctions()) > 0; updated != (err == nil) || w.cfn.left() != "" {
					t.Errorf("calls %v, left %s", w.cfn.calls, w.cfn.left())
				}
			})
		})
	}
}

func TestUpdatesInPlaceThatAreRefused(t *testing.T) {
	for name, c := range map[string]struct {
		arrange func(*world)
		want    string
	}{
		"a version would not follow": {
			func(w *world) { w.service.Functions[0].Options.PublishVersion = true },
			"of published code, which would not be updated",
		},
		"an alias would not follow": {
			func(w *world) { w.service.Functions[0].Options.Alias = "live" },
			"of published code, which would not be updated",
		},
		"SnapStart would not follow": {func(w *world) {
			w.service.Functions[0].Options.SnapStart = &sparta.LambdaFunctionSnapStart{ApplyOn: "PublishedVersions"}
		}, "which would not be updated"},
		"there is no stack": {
			func(w *world) { w.cfn.stacks[0].base = "DELETE_COMPLETE" },
			"does not exist yet",
		},
		"the stack was never created": {
			func(w *world) { w.cfn.stacks[0].base = "ROLLBACK_COMPLETE" },
			"does not exist yet",
		},
		"the stack is deleted meanwhile": {func(w *world) {
			w.cfn.happen(w.cfn.stacks[0], "", []step{
				{status: "DELETE_IN_PROGRESS"},
				{after: time.Minute, status: "DELETE_COMPLETE"},
			})
		}, "does not exist yet"},
		"only outputs would change": {
			func(w *world) { w.cfn.changes = nil },
			"only the stack's outputs, parameters or description would change, not the code",
		},
		"the change set cannot go": {
			func(w *world) { w.cfn.faults["DeleteChangeSet"] = []fault{{err: errReset}} },
			"is left behind",
		},
		"a function's update fails": {
			func(w *world) { w.functions["svc-hello"].failure = "KMS key is disabled" },
			"svc-hello runs the new code: its update failed (KMS key is disabled)",
		},
		"a function cannot be read": {
			func(w *world) { w.faults["GetFunctionConfiguration"] = refusal(403, "AccessDenied", "no") },
			"lambda:GetFunctionConfiguration is denied to arn:aws:iam::123456789012:user/dev",
		},
		"SnapStart is not the problem": {func(w *world) {
			w.service.Functions[0].Options.SnapStart = &sparta.LambdaFunctionSnapStart{ApplyOn: "None"}
		}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newPair(t)
				w.pack("2")
				w.options.InPlace = true
				c.arrange(w)
				_, err := w.run(t.Context())
				if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
					t.Errorf("error %v, want %q in it", err, c.want)
				}
				if slices.Contains(w.cfn.calls, "ExecuteChangeSet") {
					t.Errorf("calls %v", w.cfn.calls)
				}
				published := strings.Contains(c.want, "would not be updated")
				if uploaded := w.objects["svc/"+w.pkg.SHA256+".zip"]; published && uploaded {
					t.Error("it uploaded the package before it checked the template")
				}
			})
		})
	}
}

// After an update that failed or continues, the code may not be there.
func TestAnUpdateThatFailedIsMadeAgain(t *testing.T) {
	for name, spoil := range map[string]func(*fakeFunction){
		"it failed":    func(f *fakeFunction) { f.failure = "KMS key is disabled" },
		"it continues": func(f *fakeFunction) { f.busy = time.Now().Add(time.Minute) },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newPair(t)
				w.pack("2")
				w.options.InPlace = true
				for _, function := range w.functions {
					function.sha = w.code()
					spoil(function)
				}
				_, err := w.run(t.Context())
				if name == "it continues" && err != nil {
					t.Error(err)
				}
				if len(w.updatedFunctions()) == 0 {
					t.Errorf("calls %v", w.cfn.calls)
				}
			})
		})
	}
}

func TestFunctionsAreWaitedForUntilTheyRun(t *testing.T) {
	for state, want := range map[string]string{
		"Active": "", "Inactive": "", "Failed": "its state is Failed (the role is gone)",
	} {
		t.Run(state, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newPair(t)
				w.pack("2")
				w.options.InPlace = true
				w.functions["svc-bye"].state, w.functions["svc-hello"].state = state, state
				began := time.Now()
				_, err := w.run(t.Context())
				if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
					t.Errorf("error %v, want %q in it", err, want)
				}
				if time.Since(began) < 3*time.Second {
					t.Error("it did not wait while the functions were pending")
				}
			})
		})
	}
}

func TestAFunctionThatIsBusyIsWaitedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newPair(t)
		w.pack("2")
		w.options.InPlace = true
		w.functions["svc-hello"].busy = time.Now().Add(time.Minute)
		w.must()
		if got := w.running(); got[1] != w.code() {
			t.Errorf("the functions run %v", got)
		}
	})
}

// What cannot be compared does not fail a provision that has nothing to do.
func TestCodeThatCannotBeCompared(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newPair(t)
		w.unchanged()
		w.faults["GetFunctionConfiguration"] = refusal(403, "AccessDenied", "no")
		if result := w.must(); result.Changed {
			t.Errorf("result %+v", result)
		}
		has(t, w.log.String(), "not known whether all functions run the stack's code: look up the code of svc-bye: "+
			"lambda:GetFunctionConfiguration is denied to")
	})
}

// CloudFormation compares templates, and so does not see that a function is gone.
func TestAStackWithoutChangesWhoseFunctionsAreGone(t *testing.T) {
	for name, c := range map[string]struct {
		gone []string
		want string
	}{
		"the last": {
			[]string{"svc-hello"},
			"svc-hello not found in Lambda: it was deleted outside of the stack, which CloudFormation does not " +
				"notice: to create it again, remove it from the service, provision, add it again",
		},
		"all": {
			[]string{"svc-bye", "svc-hello"},
			"svc-bye, svc-hello not found in Lambda: they were deleted outside of the stack, which CloudFormation " +
				"does not notice: to create them again, delete the stack with cgo:delete and provision again",
		},
	} {
		for how, set := range map[string]func(*Options){
			"provision": func(*Options) {},
			"in place":  func(options *Options) { options.InPlace = true },
			"no-op":     func(options *Options) { options.NoOp = true },
		} {
			t.Run(name+"/"+how, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					w := newPair(t)
					w.unchanged()
					set(&w.options)
					for _, function := range c.gone {
						delete(w.functions, function)
					}
					_, err := w.run(t.Context())
					if err == nil || !strings.Contains(err.Error(), c.want) {
						t.Errorf("error %v, want %q in it", err, c.want)
					}
				})
			})
		}
	}
}

// Any of many functions may run other code, not only the first.
func TestEachOfManyFunctionsIsCompared(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var infos []*sparta.LambdaAWSInfo
		for i := range 20 {
			infos = append(infos, newInfo(t, fmt.Sprintf("f%d", i), sparta.IAMRoleDefinition{}))
		}
		w := newWorld(t, infos...)
		w.deployed()
		w.unchanged()
		w.functions["svc-f13"].sha = "other"

		w.options.NoOp = true
		w.must()
		has(t, w.log.String(), "would restore the stack's code of svc-f13; there are no other changes")
		w.options.NoOp = false
		if result := w.must(); !slices.Equal(result.InPlace, []string{"svc-f13"}) {
			t.Errorf("result %+v", result)
		}
		if w.functions["svc-f13"].sha != w.code() {
			t.Error("svc-f13 runs the other code still")
		}
	})
}
