package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/go-sparta/sparta/internal/lambdaruntime"
	"github.com/go-sparta/sparta/internal/soak/function"
)

// difference says where an answer begins to differ from the right one.
func difference(got, want []byte) error {
	at := 0
	for at < len(got) && at < len(want) && got[at] == want[at] {
		at++
	}
	around := func(text []byte) string {
		return fmt.Sprintf("%q", text[max(min(at-40, len(text)), 0):min(at+60, len(text))])
	}
	return fmt.Errorf("wrong answer: %d bytes instead of %d; they differ from byte %d on:\n    got  %s\n    want %s",
		len(got), len(want), at, around(got), around(want))
}

// check compares an error document.
func (f fault) check(response *lambdaruntime.Response) error {
	if !response.Failed {
		return fmt.Errorf("answered %.300q instead of failing with %s: %q", response.Payload, f.kind, f.message)
	}
	var got struct {
		ErrorType, ErrorMessage string
		StackTrace              []string
	}
	if err := json.Unmarshal(response.Payload, &got); err != nil {
		return fmt.Errorf("the error document is %.300q: %w", response.Payload, err)
	}
	if got.ErrorType != f.kind || got.ErrorMessage != f.message {
		return fmt.Errorf("failed with %s: %q instead of %s: %q", got.ErrorType, got.ErrorMessage, f.kind, f.message)
	}
	trace := got.StackTrace
	if f.kind == "string" && (len(trace) < 2 || !strings.Contains(trace[len(trace)-1], "obey")) {
		return fmt.Errorf("the stack of the panic is %q: it should end in obey, as Python's stacks do", trace)
	}
	return nil
}

var timedOut = regexp.MustCompile(`^RequestId: (\S+) Error: Task timed out after -?\d+\.\d\d seconds$`)

// checkTimeout checks the document of an invocation that has timed out, which says how long that took.
func checkTimeout(r lambdaruntime.Request, response *lambdaruntime.Response) error {
	var got struct{ ErrorType, ErrorMessage string }
	if err := json.Unmarshal(response.Payload, &got); err != nil {
		return fmt.Errorf("the error document is %.300q: %w", response.Payload, err)
	}
	match := timedOut.FindStringSubmatch(got.ErrorMessage)
	if !response.Failed || got.ErrorType != "Sandbox.Timedout" || match == nil || match[1] != r.RequestID {
		return fmt.Errorf("answered %.300q instead of timing out", response.Payload)
	}
	return nil
}

// checkPrinted checks that all lines have arrived that the event has made the function print.
func (w *worker) checkPrinted(r lambdaruntime.Request) error {
	w.process.Flush()
	var order function.Order
	if err := json.Unmarshal(r.Payload, &order); err != nil {
		return err
	}
	want := (order.Size + function.LineLength - 1) / function.LineLength
	if got := w.stdout.counted(); got != want {
		return fmt.Errorf("of %d lines that the function printed, %d arrived", want, got)
	}
	return nil
}

// or returns the disturbance, or otherwise if there is none.
func (d disturbance) or(otherwise string) string {
	if d == "" {
		return otherwise
	}
	return string(d)
}

var errNotStopped = errors.New("it answered although nobody read what it printed")
