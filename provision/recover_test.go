//go:build go1.25

package provision

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	cfn "github.com/aws/aws-sdk-go-v2/service/cloudformation"

	"github.com/go-sparta/sparta/internal/commandline"
	"github.com/go-sparta/sparta/provision/internal/connection"
	"github.com/go-sparta/sparta/provision/internal/stack"
)

func (w *world) recover(skip ...string) error {
	w.t.Helper()
	clients, err := w.connect(w.t.Context(), SessionOptions{}, w.options.Logger)
	if err != nil {
		w.t.Fatal(err)
	}
	ctx, cancel := connection.WithTimeout(w.t.Context(), 10*time.Minute)
	defer cancel()
	claim, err := newClaim(w.service, "", "")
	if err != nil {
		w.t.Fatal(err)
	}
	return recoverStack(ctx, clients.Client, claim, skip)
}

func TestAStackIsRecovered(t *testing.T) {
	withAndWithoutTokens(t, func(t *testing.T, w *world) {
		stack := w.deployed()
		w.cfn.happen(stack, "old", []step{
			{status: "UPDATE_ROLLBACK_IN_PROGRESS"},
			{id: "A", kind: queueType, status: "UPDATE_FAILED", reason: "old"},
			{status: "UPDATE_ROLLBACK_FAILED"},
		})
		time.Sleep(time.Second)
		if err := w.recover("A", "Inner.B"); err != nil {
			t.Fatal(err)
		}
		in := w.cfn.inputs["ContinueUpdateRollback"].(*cfn.ContinueUpdateRollbackInput)
		if !slices.Equal(in.ResourcesToSkip, []string{"A", "Inner.B"}) || *in.StackName != stack.id {
			t.Errorf("input %+v", in)
		}
		want := []string{"UPDATE_ROLLBACK_IN_PROGRESS svc", "UPDATE_ROLLBACK_COMPLETE svc"}
		if got := shown(w.log.String()); !slices.Equal(got, want) {
			t.Errorf("shown %v, want %v", got, want)
		}
		has(t, w.log.String(), "it can be provisioned again")
	})
}

func TestAStackThatStillCannotBeRolledBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.cfn.add("svc", "UPDATE_ROLLBACK_FAILED")
		w.cfn.recovers = []step{
			{status: "UPDATE_ROLLBACK_IN_PROGRESS", reason: "User Initiated"},
			{after: time.Second, id: "A", kind: queueType, status: "UPDATE_FAILED", reason: "the queue is gone"},
			{after: time.Second, id: "B", kind: queueType, status: "UPDATE_FAILED", reason: "so is this"},
			{after: 2 * time.Second, status: "UPDATE_ROLLBACK_FAILED"},
		}
		err := w.recover()
		if failure := (*stack.Failure)(nil); !errors.As(err, &failure) {
			t.Fatalf("error %v", err)
		}
		has(t, err.Error(), "cgo:recover again", "-skip=A,B")
		if !strings.HasSuffix(err.Error(), "\nA (AWS::SQS::Queue) UPDATE_FAILED: the queue is gone") {
			t.Errorf("error %v", err)
		}
	})
}

func TestStacksThatAreNotRecovered(t *testing.T) {
	for status, want := range map[string]string{
		"":                   "it does not exist",
		"UPDATE_COMPLETE":    "",
		"UPDATE_IN_PROGRESS": "wait until that has ended",
		"ROLLBACK_COMPLETE":  "run cgo:provision",
		"DELETE_FAILED":      "run cgo:delete",
	} {
		t.Run(status, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t)
				if status != "" {
					w.cfn.add("svc", status)
				}
				err := w.recover("A")
				if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
					t.Errorf("error %v, want %q in it", err, want)
				}
				if slices.Contains(w.cfn.calls, "ContinueUpdateRollback") {
					t.Errorf("calls %v", w.cfn.calls)
				}
			})
		})
	}
}

func TestANegativeWaitMakesNoRequest(t *testing.T) {
	const want = "-wait must not be negative, got -1s: use a duration, for example 15m"
	service := Service{Name: "svc", Application: "example.com/app"}
	for verb, err := range map[string]error{
		"provision": CheckOptions(service, Options{Provision: commandline.Provision{Wait: -time.Second}}),
		"delete": Delete(t.Context(), service, DeleteOptions{
			Delete: commandline.Delete{Wait: -time.Second},
		}),
		"recover": Recover(t.Context(), service, RecoverOptions{
			Recover: commandline.Recover{Wait: -time.Second},
		}),
		"rollback": Rollback(t.Context(), service, RollbackOptions{
			Rollback: commandline.Rollback{Wait: -time.Second},
		}),
	} {
		if err == nil || err.Error() != want {
			t.Errorf("%s: error %v, want %s", verb, err, want)
		}
	}
}
