//go:build go1.25

package provision

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"testing/synctest"
	"time"

	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"

	"github.com/go-sparta/sparta/provision/internal/buckets"
	"github.com/go-sparta/sparta/provision/internal/stack"
	"github.com/go-sparta/sparta/provision/internal/terminal"
)

// slowly answers after some time.
type slowly struct {
	after time.Duration
	line  string
}

func (s slowly) Read(p []byte) (int, error) {
	time.Sleep(s.after)
	return copy(p, s.line), nil
}

func TestLossesNeedConsent(t *testing.T) {
	for name, test := range map[string]struct {
		person terminal.Prompt
		yes    bool
		err    string
	}{
		"with yes, without a terminal": {terminal.Prompt{In: iotest.ErrReader(errors.New("read"))}, true, ""},
		"without a terminal": {
			terminal.Prompt{In: iotest.ErrReader(errors.New("read"))},
			false,
			"update stack svc: this cannot be undone:\n" +
				"  Queue (AWS::SQS::Queue) is removed, and its messages and address with it\n" +
				"nothing was changed: there is no terminal to ask on, use -yes",
		},
		"the answer is no": {
			terminal.Prompt{In: strings.NewReader("\n"), Terminal: true},
			false,
			"update stack svc: nothing was changed: the answer was no",
		},
		"the answer is yes":            {terminal.Prompt{In: strings.NewReader("y\n"), Terminal: true}, false, ""},
		"the answer comes after lunch": {terminal.Prompt{In: slowly{time.Hour, "y\n"}, Terminal: true}, false, ""},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t)
				stack := w.deployed()
				w.cfn.changes = append(w.cfn.changes,
					change("Remove", "Queue", queueType),
					change("Remove", "Old", "AWS::Lambda::Version"))
				w.pack("2")
				var asked bytes.Buffer
				test.person.Out = &asked
				w.options.prompt, w.options.Yes = &test.person, test.yes
				_, err := w.run(t.Context())
				if (err == nil) != (test.err == "") || err != nil && !strings.Contains(err.Error(), test.err) {
					t.Errorf("error %v, want %q", err, test.err)
				}
				executed := slices.Contains(w.cfn.calls, "ExecuteChangeSet")
				if executed != (err == nil) || w.cfn.left() != "" {
					t.Errorf("executed: %t; left: %s", executed, w.cfn.left())
				}
				if (asked.Len() > 0) != test.person.Terminal || strings.Contains(asked.String(), "Old") {
					t.Errorf("asked %q", &asked)
				}
				if err != nil && stack.status() != "UPDATE_COMPLETE" {
					t.Errorf("the stack is %s", stack.status())
				}
				has(t, w.stdout.String(), "Remove  Queue")
			})
		})
	}
}

func TestAPreviewShowsWhatNeedsConsent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newPreview(t)
		w.deployed()
		w.cfn.changes = []cfntypes.Change{change("Remove", "Queue", queueType)}
		w.options.prompt = &terminal.Prompt{In: iotest.ErrReader(errors.New("read")), Terminal: true}
		w.must()
		has(t, w.log.String(), "provisioning asks first, or requires -yes: Queue (AWS::SQS::Queue) is removed")
	})
}

func TestDeletionNeedsConsent(t *testing.T) {
	for name, test := range map[string]struct {
		person terminal.Prompt
		err    string
	}{
		"without a terminal": {
			terminal.Prompt{In: iotest.ErrReader(errors.New("read"))},
			"delete stack svc: this cannot be undone:\n" +
				"  HelloFunction (AWS::Lambda::Function, svc-hello)\n" +
				"  Logs (AWS::Logs::LogGroup, /aws/lambda/svc-hello), and its logs with it\n" +
				"nothing was changed: there is no terminal to ask on, use -yes",
		},
		"the answer is no": {
			terminal.Prompt{In: strings.NewReader("n\n"), Out: io.Discard, Terminal: true},
			"the answer was no",
		},
		"the answer is yes": {
			terminal.Prompt{In: strings.NewReader("y\n"), Out: io.Discard, Terminal: true}, "",
		},
		"the answer comes after lunch": {
			terminal.Prompt{In: slowly{time.Hour, "y\n"}, Out: io.Discard, Terminal: true}, "",
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t)
				fake := w.deployed()
				fake.holds = []cfntypes.StackResourceSummary{
					held(stack.FunctionType, "HelloFunction", "svc-hello", "CREATE_COMPLETE"),
					held("AWS::Logs::LogGroup", "Logs", "/aws/lambda/svc-hello", "CREATE_COMPLETE"),
					held(queueType, "Former", "former", "DELETE_COMPLETE"),
				}
				w.cfn.calls = nil
				err := w.delete(DeleteOptions{prompt: &test.person})
				if (err == nil) != (test.err == "") || err != nil && !strings.Contains(err.Error(), test.err) {
					t.Errorf("error %v, want %q", err, test.err)
				}
				deleted := fake.status() == "DELETE_COMPLETE"
				if deleted != (err == nil) || !deleted && len(w.wrote()) > 0 {
					t.Errorf("the stack is %s; calls %v", fake.status(), w.cfn.calls)
				}
			})
		})
	}
}

// A bucket is emptied after the answer only, and one that outlives the stack is not said to go.
func TestBucketsAreNotEmptiedBeforeConsent(t *testing.T) {
	inside := &contents{
		template: `{"Resources": {"Kept": {"DeletionPolicy": "Retain"}}}`,
		buckets:  map[string][]string{"site": {"a@1"}},
	}
	inside.resources = []cfntypes.StackResourceSummary{
		held(buckets.Type, "Site", "site", "CREATE_COMPLETE"),
		held(buckets.Type, "Kept", "kept", "CREATE_COMPLETE"),
	}
	fake := newFakeCFN()
	fake.add("svc", "CREATE_COMPLETE")
	claim, err := newClaim(Service{Name: "svc"}, "", "")
	if err != nil {
		t.Fatal(err)
	}
	d := deletion{
		Client:    stack.Client{Caller: newCaller(orSilent(nil), nil), API: fake},
		resources: inside,
		objects:   inside,
	}
	err = d.run(t.Context(), claim, DeleteOptions{prompt: &terminal.Prompt{}})
	if err == nil || len(inside.requests) > 0 {
		t.Fatalf("error %v; requests %v", err, inside.requests)
	}
	has(t, err.Error(), "Site (AWS::S3::Bucket, site), and its objects with it")
	lacks(t, err.Error(), "Kept")
}
