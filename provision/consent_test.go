//go:build go1.25

//lint:file-ignore SA1019 sessions of Sparta are the SDK v1's, as they always were

package provision

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"testing/synctest"
	"time"

	cfn "github.com/aws/aws-sdk-go/service/cloudformation"
)

func TestConsent(t *testing.T) {
	const question = "This will delete stack x, which cannot be undone:\n  A, and its data with it\n  B\nGo on? [y/N] "
	for name, test := range map[string]struct {
		yes, terminal bool
		answer        string
		asked         bool
		err           string // empty means consent
	}{
		"yes":                          {false, true, "yes\n", true, ""},
		"y":                            {false, true, "Y\n", true, ""},
		"no":                           {false, true, "n\n", true, "the answer was no"},
		"no is what Return means":      {false, true, "\n", true, "the answer was no"},
		"another word":                 {false, true, "yep\n", true, "the answer was no"},
		"the terminal goes away":       {false, true, "", true, "wait for an answer: EOF"},
		"it was given":                 {true, true, "n\n", false, ""},
		"it was given for no terminal": {true, false, "n\n", false, ""},
		"there is no terminal":         {false, false, "yes\n", false, "delete stack x: this cannot be undone:\n  A, and its data with it\n  B\nnothing was changed: -yes does it"},
	} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			var in io.Reader = strings.NewReader(test.answer)
			if !test.terminal {
				in = iotest.ErrReader(errors.New("standard input was read"))
			}
			err := newConsent(test.yes, &prompt{in: in, out: &out, terminal: test.terminal}).
				to(t.Context(), "delete stack x", []string{"A, and its data with it", "B"})
			if (err == nil) != (test.err == "") || err != nil && (!strings.Contains(err.Error(), test.err) || !strings.Contains(err.Error(), "nothing was changed")) {
				t.Errorf("error %v, want %q", err, test.err)
			}
			if asked := out.String() == question; asked != test.asked || !asked && out.Len() > 0 {
				t.Errorf("it asked %q", &out)
			}
		})
	}
}

func TestConsentIsWaitedForUntilTheEnd(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	interrupted := errors.New("interrupted")
	cancel(interrupted)
	never, _ := io.Pipe()
	err := newConsent(false, &prompt{in: never, out: io.Discard, terminal: true}).to(ctx, "delete stack x", []string{"A"})
	if !errors.Is(err, interrupted) {
		t.Errorf("error %v", err)
	}
}

// A person has to see the question as well as answer it.
func TestAFileIsNoTerminal(t *testing.T) {
	file, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	stdin := os.Stdin
	os.Stdin = file
	defer func() { os.Stdin = stdin }()
	if newPrompt().terminal {
		t.Error("/dev/null counts as a terminal")
	}
}

// slowly answers after some time.
type slowly struct {
	after time.Duration
	line  string
}

func (s slowly) Read(p []byte) (int, error) {
	time.Sleep(s.after)
	return copy(p, s.line), nil
}

func TestLossesAreAskedFor(t *testing.T) {
	for name, test := range map[string]struct {
		person prompt
		yes    bool
		err    string
	}{
		"with yes, without a terminal": {prompt{in: iotest.ErrReader(errors.New("read"))}, true, ""},
		"without a terminal":           {prompt{in: iotest.ErrReader(errors.New("read"))}, false, "update stack svc: this cannot be undone:\n  Queue (AWS::SQS::Queue) is removed, and its messages and address with it\nnothing was changed: -yes does it"},
		"the answer is no":             {prompt{in: strings.NewReader("\n"), terminal: true}, false, "update stack svc: nothing was changed: the answer was no"},
		"the answer is yes":            {prompt{in: strings.NewReader("y\n"), terminal: true}, false, ""},
		"the answer comes after lunch": {prompt{in: slowly{time.Hour, "y\n"}, terminal: true}, false, ""},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t)
				stack := w.deployed()
				w.cfn.changes = append(w.cfn.changes, change("Remove", "Queue", queueType), change("Remove", "Old", "AWS::Lambda::Version"))
				w.pack("2")
				var asked bytes.Buffer
				test.person.out = &asked
				w.options.person, w.options.Yes = &test.person, test.yes
				_, err := w.run(t.Context())
				if (err == nil) != (test.err == "") || err != nil && !strings.Contains(err.Error(), test.err) {
					t.Errorf("error %v, want %q", err, test.err)
				}
				if executed := slices.Contains(w.cfn.calls, "ExecuteChangeSet"); executed != (err == nil) || w.cfn.left() != "" {
					t.Errorf("executed: %t; left: %s", executed, w.cfn.left())
				}
				if (asked.Len() > 0) != test.person.terminal || strings.Contains(asked.String(), "Old") {
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

func TestAPreviewShowsWhatWouldBeAskedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newPreview(t)
		w.deployed()
		w.cfn.changes = []*cfn.Change{change("Remove", "Queue", queueType)}
		w.options.person = &prompt{in: iotest.ErrReader(errors.New("read")), terminal: true}
		w.must()
		has(t, w.log.String(), "provisioning asks first, or wants -yes: Queue (AWS::SQS::Queue) is removed")
	})
}

func TestDeletionIsAskedFor(t *testing.T) {
	for name, test := range map[string]struct {
		person prompt
		err    string
	}{
		"without a terminal": {prompt{in: iotest.ErrReader(errors.New("read"))}, "delete stack svc: this cannot be undone:\n" +
			"  HelloFunction (AWS::Lambda::Function, svc-hello)\n  Logs (AWS::Logs::LogGroup, /aws/lambda/svc-hello), and its logs with it\nnothing was changed: -yes does it"},
		"the answer is no":             {prompt{in: strings.NewReader("n\n"), out: io.Discard, terminal: true}, "the answer was no"},
		"the answer is yes":            {prompt{in: strings.NewReader("y\n"), out: io.Discard, terminal: true}, ""},
		"the answer comes after lunch": {prompt{in: slowly{time.Hour, "y\n"}, out: io.Discard, terminal: true}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t)
				stack := w.deployed()
				stack.holds = []*cfn.StackResourceSummary{
					held(functionType, "HelloFunction", "svc-hello", "CREATE_COMPLETE"), held("AWS::Logs::LogGroup", "Logs", "/aws/lambda/svc-hello", "CREATE_COMPLETE"),
					held(queueType, "Former", "former", "DELETE_COMPLETE"),
				}
				w.cfn.calls = nil
				err := w.delete(DeleteOptions{person: &test.person})
				if (err == nil) != (test.err == "") || err != nil && !strings.Contains(err.Error(), test.err) {
					t.Errorf("error %v, want %q", err, test.err)
				}
				if deleted := stack.status() == "DELETE_COMPLETE"; deleted != (err == nil) || err != nil && len(w.wrote()) > 0 {
					t.Errorf("the stack is %s; calls %v", stack.status(), w.cfn.calls)
				}
			})
		})
	}
}

// A bucket is emptied after the answer only, and one that outlives the stack is not said to go.
func TestBucketsAreAskedForBeforeTheyAreEmptied(t *testing.T) {
	inside := &contents{template: `{"Resources": {"Kept": {"DeletionPolicy": "Retain"}}}`, buckets: map[string][]string{"site": {"a@1"}}}
	inside.resources = []*cfn.StackResourceSummary{held(bucketType, "Site", "site", "CREATE_COMPLETE"), held(bucketType, "Kept", "kept", "CREATE_COMPLETE")}
	fake := newFakeCFN()
	fake.add("svc", "CREATE_COMPLETE")
	claim, err := newClaim(Service{Name: "svc"}, "", "")
	if err != nil {
		t.Fatal(err)
	}
	d := deletion{stacks: stacks{caller: newCaller(orSilent(nil), nil), api: fake}, resources: inside, objects: inside}
	err = d.run(t.Context(), claim, DeleteOptions{person: &prompt{}})
	if err == nil || len(inside.requests) > 0 {
		t.Fatalf("error %v; requests %v", err, inside.requests)
	}
	has(t, err.Error(), "Site (AWS::S3::Bucket, site), and its objects with it")
	lacks(t, err.Error(), "Kept")
}
