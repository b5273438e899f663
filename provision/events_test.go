//go:build go1.25

package provision

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	cfn "github.com/aws/aws-sdk-go-v2/service/cloudformation"
	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"
	"github.com/aws/smithy-go"

	"github.com/go-sparta/sparta/provision/internal/connection"
	"github.com/go-sparta/sparta/provision/internal/stack"
)

// shown are the events in a log, in order.
func shown(log string) []string {
	var events []string
	for line := range strings.Lines(log) {
		if !strings.Contains(line, " at=") {
			continue
		}
		_, text, _ := strings.Cut(line, "msg=")
		text, _, _ = strings.Cut(text, " at=")
		events = append(events, text)
	}
	return events
}

// manySteps are those of an operation on 200 resources: a thousand events.
func manySteps() (steps []step, want []string) {
	steps = append(steps, step{status: "UPDATE_IN_PROGRESS", reason: "User Initiated"})
	want = append(want, "UPDATE_IN_PROGRESS svc")
	for i := range 998 {
		id := fmt.Sprintf("Queue%03d", i%200)
		status := fmt.Sprintf("UPDATE_STEP%d_IN_PROGRESS", i/200)
		// Bursts of many at the same instant, with pauses of many seconds.
		steps = append(steps, step{
			after:  time.Duration(i/250)*40*time.Second + time.Duration(i)*time.Millisecond,
			id:     id,
			kind:   "AWS::SQS::Queue",
			status: status,
		})
		want = append(want, status+" "+id)
	}
	steps = append(steps, step{after: 5 * time.Minute, status: "UPDATE_COMPLETE"})
	return steps, append(want, "UPDATE_COMPLETE svc")
}

// withAndWithoutTokens runs a test with events that show which request they belong to, and with events that do not.
func withAndWithoutTokens(t *testing.T, test func(*testing.T, *world)) {
	t.Helper()
	for name, noTokens := range map[string]bool{"with tokens": false, "without tokens": true} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t)
				w.cfn.noTokens = noTokens
				test(t, w)
			})
		})
	}
}

func TestAThousandEventsAreShownOnceInOrder(t *testing.T) {
	withAndWithoutTokens(t, func(t *testing.T, w *world) {
		stack := w.deployed()
		// Earlier events are not part of this operation.
		w.cfn.happen(stack, "someone's", []step{
			{status: "UPDATE_IN_PROGRESS"},
			{id: "Old", kind: "AWS::SQS::Queue", status: "UPDATE_FAILED"},
			{status: "UPDATE_COMPLETE"},
		})
		time.Sleep(time.Second)
		w.pack("2")
		w.cfn.changes = nil
		for i := range 200 {
			id := fmt.Sprintf("Queue%03d", i)
			w.cfn.changes = append(w.cfn.changes, change("Modify", id, "AWS::SQS::Queue"))
		}
		var want []string
		w.cfn.updates, want = manySteps()
		result := w.must()
		if got := shown(w.log.String()); !slices.Equal(got, want) {
			t.Errorf("%d events, want %d: first difference %s", len(got), len(want), difference(got, want))
		}
		if looks := strings.Count(strings.Join(w.cfn.calls, " "), "DescribeStackEvents"); looks > 100 {
			t.Errorf("%d requests for them", looks)
		}
		if len(result.Changes) != 200 || strings.Count(w.stdout.String(), "\nModify  Queue") != 200 {
			t.Errorf("%d changes:\n%s", len(result.Changes), &w.stdout)
		}
	})
}

func difference(got, want []string) string {
	for i := range min(len(got), len(want)) {
		if got[i] != want[i] {
			return fmt.Sprintf("%d: %s, want %s", i, got[i], want[i])
		}
	}
	return "the length"
}

// Pages shift while events come in, so that one is on two of them; and an event
// may become visible after a newer one.
func TestPagesThatShiftAndEventsThatAreLate(t *testing.T) {
	begin := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	event := func(n int, id, status string) *cfntypes.StackEvent {
		e := &cfntypes.StackEvent{
			EventId:           aws.String(fmt.Sprint(n)),
			StackId:           aws.String("arn"),
			LogicalResourceId: &id,
			ResourceType:      aws.String("AWS::SQS::Queue"),
			ResourceStatus:    cfntypes.ResourceStatus(status),
			Timestamp:         aws.Time(begin.Add(time.Duration(n) * time.Second)),
		}
		if id == "svc" {
			e.ResourceType, e.PhysicalResourceId = aws.String(stack.StackType), aws.String("arn")
		}
		return e
	}
	old, first := event(-5, "Old", "UPDATE_COMPLETE"), event(0, "svc", "UPDATE_IN_PROGRESS")
	a, b := event(1, "A", "UPDATE_COMPLETE"), event(2, "B", "UPDATE_COMPLETE")
	late, c := event(3, "Late", "UPDATE_COMPLETE"), event(4, "C", "UPDATE_COMPLETE")
	api := &scriptedEvents{answers: [][][]*cfntypes.StackEvent{
		{{old}},                        // nothing has begun
		{{b, a}, {a, first, old}},      // a is on both pages
		{{c, b}, {b, a}, {first}},      // late has yet to show up
		{{c, late, b}, {a, first}},     // now it has
		{{c, late, b}, {a, first}, {}}, // nothing new
	}}
	s := stack.Client{Caller: connection.Caller{}, API: api}
	o := &stack.Operation{StackID: "arn", After: begin, Starts: []cfntypes.StackStatus{"UPDATE_IN_PROGRESS"}}
	for i, want := range []string{"", "svc A B", "C", "Late", ""} {
		news, err := o.NewEvents(t.Context(), s)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, event := range news {
			got = append(got, *event.LogicalResourceId)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("look %d: %q, want %q", i+1, got, want)
		}
	}
}

// scriptedEvents answers each request for a stack's events with other pages.
type scriptedEvents struct {
	stack.API
	answers [][][]*cfntypes.StackEvent
	look    int
}

func (s *scriptedEvents) DescribeStackEvents(
	_ context.Context, in *cfn.DescribeStackEventsInput, _ ...func(*cfn.Options),
) (*cfn.DescribeStackEventsOutput, error) {
	page := 0
	if in.NextToken != nil {
		page = int((*in.NextToken)[0] - '0')
	} else {
		s.look++
	}
	pages := s.answers[s.look-1]
	answer := &cfn.DescribeStackEventsOutput{StackEvents: values(pages[page])}
	if page+1 < len(pages) {
		answer.NextToken = aws.String(string(rune('0' + page + 1)))
	}
	return answer, nil
}

// A stack's state just before is a success, too.
func TestAnEarlierSuccessIsNotTakenForThisOne(t *testing.T) {
	withAndWithoutTokens(t, func(t *testing.T, w *world) {
		fake := w.deployed()
		w.pack("2")
		w.cfn.happen(fake, "someone's", []step{
			{status: "UPDATE_IN_PROGRESS"},
			{after: time.Millisecond, status: "UPDATE_COMPLETE"},
		})
		time.Sleep(time.Second)
		w.cfn.updates = []step{
			{after: 8 * time.Second, status: "UPDATE_IN_PROGRESS"}, // CloudFormation takes its time to begin
			{
				after:  9 * time.Second,
				id:     "HelloFunction",
				kind:   stack.FunctionType,
				status: "UPDATE_FAILED",
				reason: "no",
			},
			{after: 10 * time.Second, status: "UPDATE_ROLLBACK_IN_PROGRESS"},
			{after: 20 * time.Second, status: "UPDATE_ROLLBACK_COMPLETE"},
		}
		if result, err := w.run(t.Context()); err == nil {
			t.Errorf("success: %+v", result)
		}
	})
}

// Watching continues when AWS fails for a while.
func TestTroubleWhileWatchingIsOvercome(t *testing.T) {
	for name, err := range map[string]error{
		"throttled":                  refusal(400, "Throttling", "Rate exceeded"),
		"a server's error":           refusal(503, "ServiceUnavailable", ""),
		"reset":                      errReset,
		"denied, as by a new policy": nil,
		"cut":                        &smithy.DeserializationError{Err: io.ErrUnexpectedEOF},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t)
				w.cfn.faults["DescribeStackEvents"] = slices.Repeat([]fault{{err: err}}, 12)
				if err == nil {
					denied := fault{err: refusal(403, "AccessDenied", "not authorized")}
					w.cfn.faults["DescribeStackEvents"] = []fault{denied, {}, denied, denied, denied, denied}
				}
				if result := w.must(); result.Status != "CREATE_COMPLETE" {
					t.Errorf("result %+v", result)
				}
				want := []string{
					"CREATE_IN_PROGRESS svc",
					"CREATE_IN_PROGRESS HelloFunction",
					"CREATE_COMPLETE HelloFunction",
					"CREATE_COMPLETE svc",
				}
				if got := shown(w.log.String()); !slices.Equal(got, want) {
					t.Errorf("shown %v", got)
				}
			})
		})
	}
}

// What AWS denies five times in a row is not allowed soon.
func TestWatchingThatIsDeniedEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		denied := fault{err: refusal(403, "AccessDenied", "not authorized")}
		w.cfn.faults["DescribeStackEvents"] = slices.Repeat([]fault{denied}, 5)
		_, err := w.run(t.Context())
		if err == nil {
			t.Fatal("no error")
		}
		has(t, err.Error(), "cloudformation:DescribeStackEvents", "arn:aws:iam::123456789012:user/dev",
			"CloudFormation continues with stack svc", "cgo:status")
	})
}

// An execution may fail before there is any event.
func TestAnExecutionThatNeverBegins(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.cfn.creates = nil
		w.cfn.faults["DescribeStackEvents"] = []fault{{then: func() {
			w.cfn.sets[0].execution, w.cfn.sets[0].reason = "EXECUTE_FAILED", "a hook said no"
		}}}
		began := time.Now()
		_, err := w.run(t.Context())
		if err == nil || !strings.Contains(err.Error(), "a hook said no") || time.Since(began) > time.Minute {
			t.Errorf("error %v after %s", err, time.Since(began))
		}
	})
}
