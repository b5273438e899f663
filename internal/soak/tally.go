package main

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"sync"
)

// samplesPerRun is how often each process is looked at in a run.
const samplesPerRun = 200

// maxShown is how many wrong answers are shown.
const maxShown = 10

// tally is what the workers have in common.
type tally struct {
	out io.Writer // for wrong answers

	mu sync.Mutex // guards what follows
	counts
}

// counts are what has happened so far.
type counts struct {
	events  map[disturbance]int64
	total   int64 // events
	bytes   int64 // of events
	wrongs  int64
	lost    int64
	starts  int64 // of processes
	samples []sample
}

func newTally(out io.Writer) *tally {
	return &tally{out: out, counts: counts{events: map[disturbance]int64{}}}
}

// done counts an event that has been answered.
func (t *tally) done(s step) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.events[s.what]++
	t.total++
	t.bytes += int64(s.size)
}

// wrong counts an answer that is wrong, or lost, and shows the first ones.
func (t *tally) wrong(err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if errors.Is(err, errLost) {
		t.lost++
	} else {
		t.wrongs++
	}
	if t.wrongs+t.lost <= maxShown {
		fmt.Fprintf(t.out, "\rsoak: %v\n", err)
	}
}

func (t *tally) startedProcess() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.starts++
}

func (t *tally) add(s sample) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.samples = append(t.samples, s)
}

// now returns a copy of the counts.
func (t *tally) now() counts {
	t.mu.Lock()
	defer t.mu.Unlock()
	c := t.counts
	c.events, c.samples = maps.Clone(c.events), slices.Clone(c.samples)
	return c
}
