//go:build go1.25

package provision

import (
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/go-sparta/sparta/provision/internal/stack"
)

const queueType = "AWS::SQS::Queue"

// failsWith is an update that rolls back, with steps of its own before that.
func failsWith(steps ...step) []step {
	all := append([]step{{status: "UPDATE_IN_PROGRESS", reason: "User Initiated"}}, steps...)
	return append(all,
		step{
			after:  30 * time.Second,
			status: "UPDATE_ROLLBACK_IN_PROGRESS",
			reason: "The following resource(s) failed to update: [A, B]. ",
		},
		step{
			after:  31 * time.Second,
			id:     "A",
			kind:   queueType,
			status: "UPDATE_FAILED",
			reason: "a failure while going back",
		},
		step{after: 40 * time.Second, status: "UPDATE_ROLLBACK_COMPLETE"})
}

func TestTheFirstRealFailureIsTheError(t *testing.T) {
	second := time.Second
	for name, c := range map[string]struct {
		steps  []step
		nested map[string][]step // by physical id
		want   string            // the error's last line
	}{
		"the first of two": {[]step{
			{
				after:  second,
				id:     "A",
				kind:   queueType,
				status: "UPDATE_FAILED",
				reason: `Resource handler returned message: "no (Service: Sqs, Status Code: 400)"`,
			},
			{after: 2 * second, id: "B", kind: queueType, status: "UPDATE_FAILED", reason: "another reason"},
		}, nil, `A (AWS::SQS::Queue) UPDATE_FAILED: Resource handler returned message: ` +
			`"no (Service: Sqs, Status Code: 400)"`},
		"after some that were cancelled": {[]step{
			{after: second, id: "A", kind: queueType, status: "CREATE_FAILED", reason: "Resource creation cancelled"},
			{after: second, id: "B", kind: queueType, status: "UPDATE_FAILED", reason: "Resource update cancelled"},
			{
				after:  2 * second,
				id:     "C",
				kind:   queueType,
				status: "DELETE_FAILED",
				reason: "Resource deletion cancelled",
			},
			{after: 3 * second, id: "D", kind: queueType, status: "UPDATE_FAILED", reason: "the real one"},
		}, nil, "D (AWS::SQS::Queue) UPDATE_FAILED: the real one"},
		"without a reason": {[]step{
			{after: second, id: "A", kind: queueType, status: "UPDATE_FAILED"},
		}, nil, "A (AWS::SQS::Queue) UPDATE_FAILED: CloudFormation gives no reason"},
		"no resource's, as of an alarm": {
			nil,
			nil,
			"svc (AWS::CloudFormation::Stack) UPDATE_ROLLBACK_IN_PROGRESS: The following resource(s) " +
				"failed to update: [A, B]. ",
		},
		"all were cancelled": {[]step{
			{after: second, id: "A", kind: queueType, status: "CREATE_FAILED", reason: "Resource creation cancelled"},
		}, nil, "svc (AWS::CloudFormation::Stack) UPDATE_ROLLBACK_IN_PROGRESS: " +
			"The following resource(s) failed to update: [A, B]. "},
		"a hook's": {[]step{
			{
				after:      second,
				id:         "A",
				kind:       queueType,
				status:     "UPDATE_IN_PROGRESS",
				reason:     "words",
				hook:       "My::Policy::Hook",
				hookStatus: "HOOK_COMPLETE_FAILED",
			},
			{
				after:  2 * second,
				id:     "A",
				kind:   queueType,
				status: "UPDATE_FAILED",
				reason: "The following hook(s) failed: [My::Policy::Hook]",
			},
		}, nil, "A (AWS::SQS::Queue) My::Policy::Hook HOOK_COMPLETE_FAILED: the hook's words"},
		"not a hook's that only warns": {[]step{
			{
				after:      second,
				id:         "A",
				kind:       queueType,
				status:     "UPDATE_IN_PROGRESS",
				reason:     "words",
				hook:       "My::Hook",
				hookStatus: "HOOK_COMPLETE_FAILED",
				hookMode:   "WARN",
			},
			{after: 2 * second, id: "B", kind: queueType, status: "UPDATE_FAILED", reason: "the real one"},
		}, nil, "B (AWS::SQS::Queue) UPDATE_FAILED: the real one"},
		"a nested stack's resource": {[]step{
			{
				after:    5 * second,
				id:       "Inner",
				kind:     stack.StackType,
				status:   "UPDATE_FAILED",
				reason:   "Embedded stack was not successfully updated",
				physical: "inner",
			},
		}, map[string][]step{"inner": {
			{status: "UPDATE_IN_PROGRESS"},
			{after: second, id: "X", kind: queueType, status: "UPDATE_FAILED", reason: "Resource update cancelled"},
			{after: 2 * second, id: "Y", kind: queueType, status: "UPDATE_FAILED", reason: "deep down"},
			{
				after:  3 * second,
				status: "UPDATE_ROLLBACK_IN_PROGRESS",
				reason: "The following resource(s) failed to update: [X, Y].",
			},
		}}, "Inner/Y (AWS::SQS::Queue) UPDATE_FAILED: deep down"},
		"a stack's in a nested stack": {[]step{
			{
				after:    5 * second,
				id:       "Inner",
				kind:     stack.StackType,
				status:   "UPDATE_FAILED",
				reason:   "Embedded stack",
				physical: "inner",
			},
		}, map[string][]step{
			"inner": {
				{status: "UPDATE_IN_PROGRESS"},
				{
					after:    4 * second,
					id:       "Innermost",
					kind:     stack.StackType,
					status:   "CREATE_FAILED",
					reason:   "Embedded stack",
					physical: "innermost",
				},
			},
			"innermost": {
				{after: second, status: "CREATE_IN_PROGRESS"},
				{after: 2 * second, id: "Z", kind: queueType, status: "CREATE_FAILED", reason: "deepest down"},
			},
		}, "Inner/Innermost/Z (AWS::SQS::Queue) CREATE_FAILED: deepest down"},
		"a nested stack's that cannot be looked into": {[]step{
			{
				after:    5 * second,
				id:       "Inner",
				kind:     stack.StackType,
				status:   "UPDATE_FAILED",
				reason:   "Embedded stack arn was not successfully updated",
				physical: "nowhere",
			},
		}, nil, "Inner (AWS::CloudFormation::Stack) UPDATE_FAILED: Embedded stack arn was not successfully updated"},
		"a nested stack's that did not begin": {[]step{
			{
				after:    5 * second,
				id:       "Inner",
				kind:     stack.StackType,
				status:   "UPDATE_FAILED",
				reason:   "TemplateURL must be supplied",
				physical: "inner",
			},
		}, map[string][]step{"inner": {}}, "Inner (AWS::CloudFormation::Stack) UPDATE_FAILED: " +
			"TemplateURL must be supplied"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t)
				w.deployed()
				w.pack("2")
				w.cfn.updates = failsWith(c.steps...)
				for id := range c.nested {
					stack := w.cfn.add("nested-"+id, "UPDATE_COMPLETE")
					stack.id = id
					// What went wrong there before is not the cause.
					w.cfn.happen(stack, "", []step{
						{id: "Old", kind: queueType, status: "CREATE_FAILED", reason: "long ago"},
					})
				}
				time.Sleep(time.Hour)
				w.cfn.faults["ExecuteChangeSet"] = []fault{{then: func() {
					for id, steps := range c.nested {
						w.cfn.happen(w.cfn.find(id), "another", steps)
					}
				}}}
				_, err := w.run(t.Context())
				failure := (*stack.Failure)(nil)
				if !errors.As(err, &failure) {
					t.Fatalf("error %v, want a *stack.Failure", err)
				}
				if failure.Status != "UPDATE_ROLLBACK_COMPLETE" || failure.Stack != "svc" {
					t.Fatalf("error %+v", failure)
				}
				lines := strings.Split(err.Error(), "\n")
				if got := lines[len(lines)-1]; got != c.want {
					t.Errorf("last line %q, want %q", got, c.want)
				}
				has(t, lines[0], "stack svc is UPDATE_ROLLBACK_COMPLETE: CloudFormation restored the previous version")
			})
		})
	}
}

func TestAdviceAboutFailedStacks(t *testing.T) {
	failure := step{after: time.Second, id: "A", kind: queueType, status: "CREATE_FAILED", reason: "first cause"}
	for name, c := range map[string]struct {
		create bool
		steps  []step
		want   []string
	}{
		"it is not there": {true, []step{
			{status: "CREATE_IN_PROGRESS"},
			failure,
			{after: 2 * time.Second, status: "ROLLBACK_IN_PROGRESS", reason: "r"},
			{after: 3 * time.Second, status: "ROLLBACK_COMPLETE"},
		}, []string{"stack svc is ROLLBACK_COMPLETE: CloudFormation removed everything it had created; " +
			"fix the reason and run cgo:provision again"}},
		"some of it is there": {true, []step{
			{status: "CREATE_IN_PROGRESS"},
			failure,
			{after: 2 * time.Second, status: "ROLLBACK_IN_PROGRESS", reason: "r"},
			{
				after:  3 * time.Second,
				id:     "Bucket",
				kind:   "AWS::S3::Bucket",
				status: "DELETE_FAILED",
				reason: "The bucket is not empty",
			},
			{after: 4 * time.Second, status: "ROLLBACK_FAILED"},
		}, []string{
			"stack svc is ROLLBACK_FAILED",
			"Bucket could not be rolled back: The bucket is not empty",
			"the next cgo:provision deletes the stack first",
		}},
		"it is between two states": {false, []step{
			{status: "UPDATE_IN_PROGRESS"},
			failure,
			{after: 2 * time.Second, status: "UPDATE_ROLLBACK_IN_PROGRESS", reason: "r"},
			{after: 3 * time.Second, id: "B", kind: queueType, status: "UPDATE_FAILED", reason: "second cause"},
			{after: 4 * time.Second, status: "UPDATE_ROLLBACK_FAILED"},
		}, []string{
			"stack svc is UPDATE_ROLLBACK_FAILED",
			"B could not be rolled back: second cause",
			"run cgo:recover",
		}},
		"it is deleted meanwhile": {true, []step{
			{status: "CREATE_IN_PROGRESS"},
			{after: 2 * time.Second, status: "DELETE_IN_PROGRESS"},
			{after: 4 * time.Second, status: "DELETE_COMPLETE"},
		}, []string{"stack svc is DELETE_COMPLETE"}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t)
				w.cfn.creates, w.cfn.updates = c.steps, c.steps
				if !c.create {
					w.deployed()
					w.pack("2")
				}
				_, err := w.run(t.Context())
				if err == nil {
					t.Fatal("no error")
				}
				has(t, err.Error(), c.want...)
				if len(c.steps) > 3 &&
					!strings.HasSuffix(err.Error(), "\nA (AWS::SQS::Queue) CREATE_FAILED: first cause") {
					t.Errorf("the first cause is not last: %v", err)
				}
			})
		})
	}
}

func TestFailuresStandOutAmongTheEvents(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.deployed()
		w.pack("2")
		w.cfn.updates = failsWith(step{
			after:  time.Second,
			id:     "B",
			kind:   queueType,
			status: "UPDATE_FAILED",
			reason: "why",
		})
		if _, err := w.run(t.Context()); err == nil {
			t.Fatal("no error")
		}
		at := time.Date(2000, 1, 1, 0, 0, 1, 0, time.UTC).Local().Format(time.TimeOnly)
		has(t, w.log.String(), "level=warning msg=UPDATE_FAILED B at="+at+" reason=why type=AWS::SQS::Queue\n")
	})
}
