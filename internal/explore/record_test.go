package explore

import (
	"context"
	"fmt"
	"io"
	"testing"
	"time"

	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/explore/history"
	"github.com/go-sparta/sparta/internal/explore/sandbox"
)

// recordOf returns what is recorded of an invocation.
func recordOf(t *testing.T, result *sandbox.Result, err error) *history.Request {
	t.Helper()
	log := logrus.New()
	log.SetOutput(io.Discard)
	e := newEngine(t.Context(), &parsed{Options: Options{Log: log}})
	id := e.history.Add(history.Entry{Request: &history.Request{State: history.Running}})
	e.record(id, "f", time.Second, result, err)
	entry, _ := e.history.Get(id)
	return entry.Request
}

func TestTheLogSaysThatItsBeginningIsMissing(t *testing.T) {
	result := &sandbox.Result{Log: []sandbox.Line{{Text: "last"}}}
	if log := recordOf(t, result, nil).Log; len(log) != 1 || log[0].Text != "last" {
		t.Errorf("a complete log is recorded as %v", log)
	}
	result.Dropped = 7
	if log := recordOf(t, result, nil).Log; len(log) != 2 || log[0].Text != "… 7 lines before are not kept …" {
		t.Errorf("the end of a log is recorded as %v", log)
	}
}

func TestTheOutcomeOfWhatCouldNotRun(t *testing.T) {
	for name, test := range map[string]struct {
		err   error
		state history.State
		says  string
	}{
		"stopped on the page": {fmt.Errorf("invoke f: %w", context.Canceled), history.Failed, "stopped"},
		"too many":            {sandbox.ErrTooMany, history.Throttled, "too many concurrent invocations"},
		"closed":              {sandbox.ErrClosed, history.Failed, "the function is closed"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := recordOf(t, nil, test.err); got.State != test.state || got.Error != test.says {
				t.Errorf("the request is %s: %s", got.State, got.Error)
			}
		})
	}
}
