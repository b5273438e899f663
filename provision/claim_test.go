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

	cfn "github.com/aws/aws-sdk-go-v2/service/cloudformation"
	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"

	"github.com/go-sparta/sparta/internal/commandline"
	"github.com/go-sparta/sparta/provision/internal/stack"
	"github.com/go-sparta/sparta/sparta"
)

// kinds are the stacks that are not the application's, by what made them, each with what the refusal says of it.
var kinds = map[string]struct {
	tags map[string]string
	want string
}{
	"another tool": {map[string]string{"team": "net"}, "so something else made it"},
	"another application": {
		map[string]string{stack.HomeTag: "h", stack.ApplicationTag: "example.com/other/api:svc"},
		"io:gosparta:application=example.com/other/api:svc",
	},
	"this tool, before it marked stacks": {
		map[string]string{stack.HomeTag: "h", stack.TagPrefix + "buildId": "b"},
		"and no function in it is named svc-hello",
	},
}

// wrote lists the calls that change anything.
func (w *world) wrote() []string {
	return slices.DeleteFunc(slices.Clone(w.cfn.calls), func(call string) bool {
		return strings.HasPrefix(call, "Describe") || strings.HasPrefix(call, "List") || strings.HasPrefix(call, "Get")
	})
}

// foreign makes the deployed stack another's.
func (w *world) foreign(tags map[string]string) *fakeStack {
	fake := w.deployed()
	fake.tags = stack.CfnTags(tags)
	fake.holds = []cfntypes.StackResourceSummary{
		held(stack.FunctionType, "Hello", "svc-other", "CREATE_COMPLETE"),
		held(queueType, "Queue", "svc-hello", "CREATE_COMPLETE"),
	}
	w.objects = map[string]bool{}
	return fake
}

func (w *world) delete(options DeleteOptions) error {
	w.t.Helper()
	clients, err := w.connect(w.t.Context(), SessionOptions{}, w.options.Logger)
	if err != nil {
		w.t.Fatal(err)
	}
	claim, err := newClaim(w.service, options.Stack, options.Adopt)
	if err != nil {
		return err
	}
	options.Stdout = &w.stdout
	inside := &contents{resources: nil}
	if stack := w.cfn.find(claim.Stack); stack != nil {
		inside.resources = stack.holds
	}
	return deletion{Client: clients.Client, resources: inside, objects: inside}.run(w.t.Context(), claim, options)
}

func TestForeignStacksAreLeftAlone(t *testing.T) {
	verbs := map[string]func(*world) error{
		"provision": func(w *world) error { _, err := w.run(w.t.Context()); return err },
		"in place":  func(w *world) error { w.options.InPlace = true; _, err := w.run(w.t.Context()); return err },
		"no-op":     func(w *world) error { w.options.NoOp = true; _, err := w.run(w.t.Context()); return err },
		"delete":    func(w *world) error { return w.delete(DeleteOptions{Delete: commandline.Delete{Yes: true}}) },
		"recover":   func(w *world) error { return w.recover() },
		"rollback":  func(w *world) error { return w.rollback(commandline.Rollback{}) },
	}
	for kind, c := range kinds {
		for verb, act := range verbs {
			for _, state := range []string{
				"UPDATE_COMPLETE",
				"UPDATE_ROLLBACK_FAILED",
				"ROLLBACK_COMPLETE",
				"DELETE_IN_PROGRESS",
				"DELETE_FAILED",
			} {
				t.Run(verb+"/"+kind+"/"+state, func(t *testing.T) {
					synctest.Test(t, func(t *testing.T) {
						w := newWorld(t)
						w.foreign(c.tags).base = state
						w.pack("2")
						w.cfn.calls = nil
						err := act(w)
						foreign := (*stack.Foreign)(nil)
						if !errors.As(err, &foreign) {
							t.Fatalf("error %v", err)
						}
						has(t, err.Error(), c.want, "created 2000-01-01T", "-stack", "-adopt=svc")
						if wrote := w.wrote(); len(wrote) > 0 || len(w.objects) > 0 {
							t.Errorf("it made the calls %v and uploaded %v", wrote, w.objects)
						}
						_, err = os.Stat(filepath.Join(w.options.Workspace, "template.json"))
						if (err == nil) != (verb == "no-op") {
							t.Errorf("the template: %v", err)
						}
					})
				})
			}
		}
	}
}

func TestAForeignStackIsAdopted(t *testing.T) {
	for kind, c := range kinds {
		t.Run(kind, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t)
				fake := w.foreign(c.tags)
				w.pack("2")
				w.options.Adopt = "svc"
				w.must()
				application := stack.ApplicationTagValue("github.com/go-sparta/sparta/provision.test", "svc")
				of, reason := stack.OwnershipOf(tagsOf(fake.tags), application)
				if of != stack.Ours {
					t.Errorf("after it, %s", reason)
				}
				has(t, w.log.String(), "adopting stack svc for application "+application)

				w.options.Adopt = ""
				w.pack("3")
				w.must()
				if err := w.delete(DeleteOptions{Delete: commandline.Delete{Yes: true}}); err != nil {
					t.Error(err)
				}
			})
		})
	}
}

func tagsOf(tags []cfntypes.Tag) map[string]string {
	found := map[string]string{}
	for _, tag := range tags {
		found[*tag.Key] = *tag.Value
	}
	return found
}

func TestAForeignStackIsDeletedOrRecoveredOnRequest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		stack := w.foreign(kinds["another tool"].tags)
		stack.base = "UPDATE_ROLLBACK_FAILED"
		clients, err := w.connect(t.Context(), SessionOptions{}, w.options.Logger)
		if err != nil {
			t.Fatal(err)
		}
		claim, err := newClaim(w.service, "", "svc")
		if err != nil {
			t.Fatal(err)
		}
		if err := recoverStack(t.Context(), clients.Client, claim, nil); err != nil {
			t.Error(err)
		}
		err = w.delete(DeleteOptions{Delete: commandline.Delete{Yes: true, Adopt: "svc"}})
		if err != nil || stack.status() != "DELETE_COMPLETE" {
			t.Errorf("the stack is %s; error %v", stack.status(), err)
		}
	})
}

// A stack of the time before the tag is known by its functions, in every state; of a creation that failed, they are
// gone.
func TestAnUnmarkedStackIsKnownByItsFunctions(t *testing.T) {
	for state, status := range map[string]string{
		"UPDATE_COMPLETE":   "UPDATE_COMPLETE",
		"ROLLBACK_COMPLETE": "DELETE_COMPLETE",
	} {
		t.Run(state, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				added := newInfo(t, "new", sparta.IAMRoleDefinition{})
				w := newWorld(t, added, newInfo(t, "hello", sparta.IAMRoleDefinition{}))
				fake := w.foreign(map[string]string{stack.HomeTag: "h"})
				fake.base = state
				fake.holds = append(fake.holds, held(stack.FunctionType, "HelloFunction", "svc-hello", status))
				w.pack("2")
				w.must()
				if got := strings.Count(strings.Join(w.cfn.calls, " "), "ListStackResources"); got != 1 {
					t.Errorf("%d requests for the resources: %v", got, w.cfn.calls)
				}
				live := w.cfn.find("svc")
				if tags := tagsOf(live.tags); tags[stack.ApplicationTag] == "" {
					t.Errorf("tags %v", tags)
				}
			})
		})
	}
}

// An update in place leaves a stack of the time before the tag as it is.
func TestAnUnmarkedStackIsUpdatedInPlace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		fake := w.foreign(map[string]string{stack.HomeTag: "h"})
		fake.holds = []cfntypes.StackResourceSummary{
			held(stack.FunctionType, "HelloFunction", "svc-hello", "CREATE_COMPLETE"),
		}
		w.pack("2")
		w.options.InPlace = true
		w.must()
		tags := tagsOf(w.cfn.inputs["CreateChangeSet"].(*cfn.CreateChangeSetInput).Tags)
		if len(tags) != 1 || tags[stack.HomeTag] != "h" {
			t.Errorf("tags %v: each function's would change", tags)
		}
	})
}

func TestWhenTheFunctionsCannotBeListed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.foreign(map[string]string{stack.HomeTag: "h"})
		w.cfn.faults["ListStackResources"] = []fault{{err: refusal(403, "AccessDenied", "no")}}
		_, err := w.run(t.Context())
		if err == nil {
			t.Fatal("no error")
		}
		has(t, err.Error(), "-adopt=svc", "cloudformation:ListStackResources is denied to")
		if wrote := w.wrote(); len(wrote) > 0 {
			t.Errorf("calls %v", wrote)
		}
	})
}

// By the time that an upload or a wait is over, the name may be another stack's.
func TestAStackThatTookTheNameMeanwhile(t *testing.T) {
	for name, arrange := range map[string]func(*world, func()){
		"during the upload": func(w *world, take func()) { w.uploading = take },
		"during the wait": func(w *world, take func()) {
			w.cfn.happen(w.cfn.stacks[0], "", []step{
				{status: "DELETE_IN_PROGRESS"},
				{after: time.Minute, status: "DELETE_COMPLETE"},
			})
			go func() { time.Sleep(time.Minute + time.Millisecond); take() }()
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t)
				fake := w.deployed()
				w.pack("2")
				arrange(w, func() {
					w.cfn.mutex.Lock()
					defer w.cfn.mutex.Unlock()
					fake.base, fake.events = "DELETE_COMPLETE", nil
					w.cfn.add("svc", "CREATE_COMPLETE").tags = nil
				})
				_, err := w.run(t.Context())
				foreign := (*stack.Foreign)(nil)
				if !errors.As(err, &foreign) || slices.Contains(w.cfn.calls, "CreateChangeSet") {
					t.Errorf("error %v, calls %v", err, w.cfn.calls)
				}
			})
		})
	}
}

func TestInvalidOptionsOfAdoptionMakeNoRequest(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(*world)
		want  string
	}{
		"another stack's name": {
			func(w *world) { w.options.Adopt = "SVC" },
			"-adopt=SVC does not repeat the stack's name, which is svc",
		},
		"the service's, not the stack": {
			func(w *world) { w.options.Stack, w.options.Adopt = "prod", "svc" },
			"-adopt=svc does not repeat the stack's name, which is prod",
		},
		"in place": {
			func(w *world) { w.options.InPlace, w.options.Adopt = true, "svc" },
			"use -adopt without -inplace",
		},
		"the tag is given": {
			func(w *world) { w.options.Tags = map[string]string{stack.ApplicationTag: "x"} },
			"cannot be given: it says whose stack it is",
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			c.spoil(w)
			_, err := w.run(t.Context())
			if err == nil || !strings.Contains(err.Error(), c.want) || len(w.cfn.calls) > 0 {
				t.Errorf("error %v, calls %v", err, w.cfn.calls)
			}
		})
	}
}

// Adopting needs a change for CloudFormation to make.
func TestAnAdoptionWithoutChangesIsReported(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.foreign(kinds["another tool"].tags)
		w.functions["svc-hello"] = &fakeFunction{sha: w.code()}
		w.unchanged()
		w.options.Adopt = "svc"
		w.must()
		has(t, w.log.String(), "stack svc is not adopted: CloudFormation has nothing to change in it")
	})
}

// A stack under review belongs to the application that creates it.
func TestAStackUnderReviewDoesNotCount(t *testing.T) {
	for name, c := range map[string]struct {
		refuse bool // the change set is not executed
		want   string
	}{
		"it is created":                      {false, "CREATE_COMPLETE"},
		"it stays where nothing is executed": {true, "REVIEW_IN_PROGRESS"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t)
				stack := w.cfn.add("svc", "REVIEW_IN_PROGRESS")
				stack.tags = nil
				if c.refuse {
					w.cfn.faults["ExecuteChangeSet"] = []fault{{err: refusal(403, "AccessDenied", "no")}}
				}
				_, err := w.run(t.Context())
				if (err != nil) != c.refuse || stack.status() != c.want {
					t.Errorf("the stack is %s, want %s; error %v", stack.status(), c.want, err)
				}
				if len(w.cfn.stacks) != 1 || slices.Contains(w.cfn.calls, "DeleteStack") {
					t.Errorf("%d stacks, want the one under review; calls %v", len(w.cfn.stacks), w.cfn.calls)
				}
				if got := w.cfn.inputs["CreateChangeSet"].(*cfn.CreateChangeSetInput).ChangeSetType; got != "CREATE" {
					t.Errorf("change set type %s", got)
				}
			})
		})
	}
}

func TestDeletingAStackUnderReview(t *testing.T) {
	for name, c := range map[string]struct {
		age  time.Duration // of a change set; 0 means that there is none
		want string
	}{
		"no run uses it":            {0, ""},
		"a run was killed long ago": {61 * time.Minute, ""},
		"a run may be at work": {
			59 * time.Minute,
			"a run of the last hour may be about to create it with sparta-provision-x",
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t)
				stack := w.cfn.add("svc", "REVIEW_IN_PROGRESS")
				if c.age != 0 {
					w.cfn.sets = []*fakeSet{{name: "sparta-provision-x", stack: stack, created: time.Now().Add(-c.age)}}
				}
				err := w.delete(DeleteOptions{Delete: commandline.Delete{Yes: true}})
				if (err != nil) != (c.want != "") || !strings.Contains(fmt.Sprint(err), c.want) {
					t.Errorf("error %v, want %q", err, c.want)
				}
				if deleted := stack.status() == "DELETE_COMPLETE"; deleted != (c.want == "") {
					t.Errorf("the stack is %s", stack.status())
				}
			})
		})
	}
}

func TestChangeSetsOfOtherRunsAreLeftForAnHour(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		fake := w.deployed()
		for name, age := range map[string]time.Duration{"young": 59 * time.Minute, "old": time.Hour} {
			w.cfn.sets = append(w.cfn.sets, &fakeSet{
				name:    stack.ChangeSetPrefix + name,
				stack:   fake,
				created: time.Now().Add(-age),
			})
		}
		s := stack.Client{Caller: newCaller(w.options.Logger, nil), API: w.cfn}
		removed := s.DeleteAbandoned(context.Background(), &stack.ChangeSet{Name: "mine", Stack: "svc"})
		if removed != 1 || len(w.cfn.sets) != 1 || w.cfn.sets[0].name != stack.ChangeSetPrefix+"young" {
			t.Errorf("%d removed, left are %v", removed, w.cfn.left())
		}
		if stack.IsAbandoned(&cfntypes.ChangeSetSummary{}) {
			t.Error("a change set of unknown age counts as abandoned")
		}
	})
}
