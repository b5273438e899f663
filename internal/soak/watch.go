package main

import (
	"bytes"
	"fmt"
	"strings"
	"sync"
)

// watch reads the standard error of processes: functions that wait say so there, and Go's runtime reports what is
// wrong with the library.
type watch struct {
	waiting chan int64 // the numbers of events that wait

	mu       sync.Mutex // guards what follows
	partial  []byte
	evidence []string
	more     int // lines that follow a piece of evidence and belong to it
	forgive  bool
}

// evidence marks lines that no library may cause.
var evidence = []string{
	"DATA RACE", "ThreadSanitizer", "fatal error:", "SIGSEGV", "SIGBUS", "SIGABRT", "cgo argument has", "cgo result",
	"write of unpinned Go pointer", "runtime: ", "Fatal Python error",
}

// evidenceLines is how many lines are kept of each report, and maxEvidence of all.
const (
	evidenceLines = 40
	maxEvidence   = 200
)

func newWatch() *watch { return &watch{waiting: make(chan int64, 16)} }

// Write implements io.Writer.
func (w *watch) Write(data []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.partial = append(w.partial, data...)
	for {
		line, rest, found := bytes.Cut(w.partial, []byte("\n"))
		if !found {
			break
		}
		w.line(string(line))
		w.partial = rest
	}
	w.partial = append([]byte(nil), w.partial...)
	return len(data), nil
}

func (w *watch) line(text string) {
	var n int64
	if _, err := fmt.Sscanf(text, "soak: waiting at %d", &n); err == nil {
		select {
		case w.waiting <- n:
		default: // nobody waits for it
		}
		return
	}
	for _, mark := range evidence {
		if strings.Contains(text, mark) {
			w.more = evidenceLines
			break
		}
	}
	if w.more > 0 && !w.forgive && len(w.evidence) < maxEvidence {
		w.evidence = append(w.evidence, text)
	}
	w.more = max(w.more-1, 0)
}

// forgiving ignores evidence while a process has to end for lack of memory.
func (w *watch) forgiving(on bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.forgive, w.more = on, 0
}

// found returns the evidence.
func (w *watch) found() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.evidence
}
