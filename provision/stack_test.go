//go:build go1.25

package provision

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	cfn "github.com/aws/aws-sdk-go-v2/service/cloudformation"
	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"

	"github.com/go-sparta/sparta/provision/internal/stack"
)

// What a provision does with a stack in each state that CloudFormation has.
func TestEachStateOfAStack(t *testing.T) {
	const (
		updated   = "UPDATE_COMPLETE" // the outcome
		recreated = "CREATE_COMPLETE"
	)
	const whichIs = "stack svc, which is "
	wants := map[string]string{
		"CREATE_COMPLETE":                              updated,
		"UPDATE_COMPLETE":                              updated,
		"UPDATE_ROLLBACK_COMPLETE":                     updated,
		"IMPORT_COMPLETE":                              updated,
		"IMPORT_ROLLBACK_COMPLETE":                     updated,
		"REVIEW_IN_PROGRESS":                           recreated,
		"ROLLBACK_COMPLETE":                            recreated,
		"ROLLBACK_FAILED":                              recreated,
		"CREATE_IN_PROGRESS":                           "stack svc, which is CREATE_IN_PROGRESS",
		"UPDATE_IN_PROGRESS":                           "stack svc, which is UPDATE_IN_PROGRESS",
		"UPDATE_COMPLETE_CLEANUP_IN_PROGRESS":          "stack svc, which is UPDATE_COMPLETE_CLEANUP_IN_PROGRESS",
		"UPDATE_ROLLBACK_IN_PROGRESS":                  "stack svc, which is UPDATE_ROLLBACK_IN_PROGRESS",
		"UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS": whichIs + "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS",
		"ROLLBACK_IN_PROGRESS":                         "stack svc, which is ROLLBACK_IN_PROGRESS",
		"DELETE_IN_PROGRESS":                           "stack svc, which is DELETE_IN_PROGRESS",
		"IMPORT_IN_PROGRESS":                           "stack svc, which is IMPORT_IN_PROGRESS",
		"IMPORT_ROLLBACK_IN_PROGRESS":                  "stack svc, which is IMPORT_ROLLBACK_IN_PROGRESS",
		"UPDATE_ROLLBACK_FAILED":                       "run cgo:recover",
		"DELETE_FAILED":                                "run cgo:delete again",
		"CREATE_FAILED":                                "run cgo:delete and then provision again",
		"UPDATE_FAILED":                                "aws cloudformation rollback-stack --stack-name svc",
		"IMPORT_ROLLBACK_FAILED":                       "stack svc is IMPORT_ROLLBACK_FAILED",
		"SOMETHING_NEW":                                "stack svc is SOMETHING_NEW",
	}
	for _, status := range cfntypes.StackStatus("").Values() {
		if wants[string(status)] == "" && status != "DELETE_COMPLETE" {
			t.Errorf("state %s is not tested", status)
		}
	}
	for status, want := range wants {
		t.Run(status, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t)
				w.deployed()
				w.pack("2")
				w.cfn.stacks[0].base = status
				result, err := w.run(t.Context())
				deleted := slices.Contains(w.cfn.calls, "DeleteStack")
				if deleted != (want == recreated && status != "REVIEW_IN_PROGRESS") {
					t.Errorf("deleted: %t", deleted)
				}
				// By then, the name may be another stack's.
				if deleted && *w.cfn.inputs["DeleteStack"].(*cfn.DeleteStackInput).StackName != w.cfn.stacks[0].id {
					t.Errorf("deleted %v", w.cfn.inputs["DeleteStack"])
				}
				uploaded := w.objects["svc/"+w.pkg.SHA256+".zip"]
				blocked := status == "SOMETHING_NEW" || strings.HasSuffix(status, "_FAILED") && want != recreated
				if blocked == uploaded {
					t.Errorf("uploaded: %t", uploaded)
				}
				if want == updated || want == recreated {
					if err != nil || result.Status != want {
						t.Errorf("error %v, result %+v, want %s", err, result, want)
					}
					if deleted {
						warning := "level=warning msg=stack svc is " + status +
							" and was never created successfully: deleting it to create it again"
						has(t, w.log.String(), warning)
					}
					return
				}
				if err == nil || !strings.Contains(err.Error(), want) {
					t.Errorf("error %v, want %q in it", err, want)
				}
				if slices.Contains(w.cfn.calls, "CreateChangeSet") {
					t.Errorf("calls %v", w.cfn.calls)
				}
			})
		})
	}
}

func TestAStackThatEverSucceededIsNotDeleted(t *testing.T) {
	for _, success := range []string{"CREATE_COMPLETE", "UPDATE_COMPLETE", "IMPORT_COMPLETE"} {
		t.Run(success, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t)
				stack := w.deployed()
				w.cfn.happen(stack, "", []step{{status: success}})
				later := []step{{id: "A", kind: "AWS::SQS::Queue", status: "UPDATE_COMPLETE"}}
				w.cfn.happen(stack, "", slices.Repeat(later, 30))
				w.cfn.happen(stack, "", []step{{status: "ROLLBACK_COMPLETE"}})
				w.cfn.page = 7
				_, err := w.run(t.Context())
				if err == nil || !strings.Contains(err.Error(), "is not deleted automatically") {
					t.Errorf("error %v", err)
				}
				if slices.Contains(w.cfn.calls, "DeleteStack") {
					t.Errorf("calls %v", w.cfn.calls)
				}
			})
		})
	}
}

// A resource that succeeded makes no stack that did.
func TestASuccessfulResourceIsNotASuccessfulStack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		fake := w.cfn.add("svc", "ROLLBACK_COMPLETE")
		w.cfn.happen(fake, "", []step{
			{id: "Inner", kind: stack.StackType, status: "CREATE_COMPLETE", physical: "arn:inner"},
			{id: "A", kind: "AWS::SQS::Queue", status: "CREATE_COMPLETE"},
		})
		if result := w.must(); result.Status != "CREATE_COMPLETE" {
			t.Errorf("result %+v", result)
		}
	})
}

func TestAStackInProgressIsWaitedFor(t *testing.T) {
	for name, c := range map[string]struct {
		begins, ends, want string
	}{
		"until it is updated":     {"UPDATE_IN_PROGRESS", "UPDATE_COMPLETE", "UPDATE_COMPLETE"},
		"until it is gone":        {"DELETE_IN_PROGRESS", "DELETE_COMPLETE", "CREATE_COMPLETE"},
		"until it is rolled back": {"ROLLBACK_IN_PROGRESS", "ROLLBACK_COMPLETE", "CREATE_COMPLETE"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t)
				stack := w.deployed()
				w.pack("2")
				w.cfn.happen(stack, "someone's", []step{{status: c.begins}, {after: 5 * time.Minute, status: c.ends}})
				result := w.must()
				if result.Status != c.want {
					t.Errorf("result %+v, want %s", result, c.want)
				}
				if got := strings.Count(w.log.String(), "waiting until that has ended"); got != 1 {
					t.Errorf("said %d times that it waits:\n%s", got, &w.log)
				}
				if events := shown(w.log.String()); events[0] == c.ends+" svc" || len(events) != 4 {
					t.Errorf("shown are %v, want only this operation's events", events)
				}
			})
		})
	}
}

// What somebody else begins during the upload counts, too.
func TestAStackThatIsBusyAfterTheUpload(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		stack := w.deployed()
		w.pack("2")
		w.uploading = func() {
			w.cfn.happen(stack, "someone's", []step{
				{status: "UPDATE_IN_PROGRESS"},
				{after: time.Minute, status: "UPDATE_COMPLETE"},
			})
		}
		w.must()
		has(t, w.log.String(), "stack svc is UPDATE_IN_PROGRESS (someone's began at ",
			"): waiting until that has ended")
	})
}

func TestAStackThatCannotBeDeleted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.cfn.add("svc", "ROLLBACK_FAILED")
		w.cfn.deletes = []step{{status: "DELETE_IN_PROGRESS"}, {after: time.Second, status: "DELETE_FAILED"}}
		_, err := w.run(t.Context())
		if err == nil || !strings.Contains(err.Error(), "stack svc is DELETE_FAILED") {
			t.Errorf("error %v", err)
		}
	})
}

func TestWaitBoundsEachPhase(t *testing.T) {
	never := []step{{status: "CREATE_IN_PROGRESS"}}
	for name, arrange := range map[string]func(*world){
		"a change set that is never ready": func(w *world) { w.cfn.pending = 24 * time.Hour },
		"a request that hangs": func(w *world) {
			w.cfn.faults["DescribeStacks"] = []fault{{then: func() { time.Sleep(3*time.Minute + time.Second) }}}
		},
		"a stack that is never done":  func(w *world) { w.cfn.creates = never },
		"a stack that never begins":   func(w *world) { w.cfn.creates = nil },
		"a stack that is always busy": func(w *world) { w.cfn.add("svc", "UPDATE_IN_PROGRESS") },
		"a stack that is never deleted": func(w *world) {
			w.cfn.add("svc", "ROLLBACK_COMPLETE")
			w.cfn.deletes = []step{{status: "DELETE_IN_PROGRESS"}}
		},
		"a function that never settles": func(w *world) {
			w.deployed()
			w.functions["svc-hello"].busy = time.Now().Add(24 * time.Hour)
			w.pack("2")
			w.options.InPlace = true
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t)
				w.options.Wait = 3 * time.Minute
				arrange(w)
				began := time.Now()
				_, err := w.run(t.Context())
				if took := time.Since(began); took < 3*time.Minute || took > 4*time.Minute {
					t.Errorf("took %s", took)
				}
				if err == nil {
					t.Fatal("no error")
				}
				has(t, err.Error(), "not done within 3m0s (-wait allows for more)")
				if left := w.cfn.left(); left != "" && !strings.Contains(name, "never begins") {
					t.Errorf("left: %s", left)
				}
			})
		})
	}
}

func TestCtrlC(t *testing.T) {
	for name, c := range map[string]struct {
		call string // during which it comes
		want string
	}{
		"while the stack is looked up":      {"DescribeStacks", "look up stack svc"},
		"while the change set is made":      {"CreateChangeSet", "create change set for stack svc"},
		"while the change set is looked at": {"DescribeChangeSet", "describe the change set"},
		"before the execution":              {"ListChangeSets", "nothing was changed in stack svc"},
		"during the execution": {
			"ExecuteChangeSet",
			"stopped watching: CloudFormation continues with stack svc",
		},
		"while the events are read": {
			"DescribeStackEvents",
			"stopped watching: CloudFormation continues with stack svc",
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t)
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				w.cfn.faults[c.call] = []fault{{then: cancel}}
				began := time.Now()
				_, err := w.run(ctx)
				if err == nil || !strings.Contains(err.Error(), c.want) || !errors.Is(err, context.Canceled) {
					t.Errorf("error %v, want %q in it", err, c.want)
				}
				if strings.Contains(c.want, "continues") {
					has(t, err.Error(), "check it with cgo:status")
				}
				if time.Since(began) > 20*time.Second {
					t.Errorf("it took %s", time.Since(began))
				}
				if left := w.cfn.left(); left != "" {
					t.Errorf("left: %s", left)
				}
			})
		})
	}
}
