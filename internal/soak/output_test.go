package main

import (
	"fmt"
	"io"
	"strings"
	"testing"
)

func TestAShutValveLetsNothingThrough(t *testing.T) {
	v := newValve()
	fmt.Fprint(v, "before\n")
	v.close("line\n")
	done := make(chan struct{})
	go func() {
		defer close(done)
		fmt.Fprint(v, "li")
		fmt.Fprint(v, "ne\nother\nline\nlin")
	}()
	<-v.stalled
	if got := v.counted(); got != 0 {
		t.Errorf("%d lines have passed", got)
	}
	v.release()
	<-done
	if got := v.counted(); got != 2 {
		t.Errorf("%d lines were counted, want 2", got)
	}
	v.close("other\n")
	v.release()
	if got := v.counted(); got != 0 {
		t.Errorf("%d lines are left of the last event", got)
	}
}

func TestEvidenceIsKept(t *testing.T) {
	w := newWatch()
	fmt.Fprint(w, "harmless\nsoak: waiting at 12\nWARNING: DATA RA")
	fmt.Fprint(w, "CE\nRead at 0x1\n")
	if got := <-w.waiting; got != 12 {
		t.Errorf("%d waits", got)
	}
	if got := strings.Join(w.found(), "|"); got != "WARNING: DATA RACE|Read at 0x1" {
		t.Errorf("the evidence is %s", got)
	}
	fmt.Fprint(w, strings.Repeat("another line\n", 2*evidenceLines))
	if got := len(w.found()); got != evidenceLines {
		t.Errorf("%d lines", got)
	}

	w = newWatch()
	w.forgiving(true)
	fmt.Fprint(w, "fatal error: runtime: out of memory\ngoroutine 1:\n")
	w.forgiving(false)
	fmt.Fprint(w, "more\n")
	if got := w.found(); len(got) > 0 {
		t.Errorf("the evidence is %q", got)
	}
}

// The command that a report names sends the same events again.
func TestTheCommandOfAReportHasAllThatMatters(t *testing.T) {
	for _, want := range []options{
		{seed: 7, invocations: 20, processes: 3, freeze: 0.01},
		{seed: 8, invocations: 1, first: 1234, processes: 4, freeze: 1, race: true, cgocheck2: true},
	} {
		args, ok := strings.CutPrefix(want.command(), "go tool mage soak ")
		got, err := parse(strings.Fields(args), io.Discard)
		got.timeout, got.memory = want.timeout, want.memory
		if !ok || err != nil || got != want {
			t.Errorf("%s: %+v (%v)", want.command(), got, err)
		}
	}
}
