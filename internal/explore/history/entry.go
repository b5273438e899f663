package history

import (
	"fmt"
	"slices"
	"time"
)

// Entry is a request, a build or the start of a process: one of them is not nil.
type Entry struct {
	ID      string
	At      time.Time // when it began
	Request *Request
	Build   *Build
	Process *Process

	sequence int64
	charged  int64 // how much of the history's budget it uses
}

// Sequence is the number of the entry: later ones have greater numbers.
func (e Entry) Sequence() int64 { return e.sequence }

// State is how far a request or a build is.
type State string

// The states. Only requests are throttled: Lambda would have rejected them because of the concurrency.
const (
	Running   State = "running"
	Succeeded State = "succeeded"
	Failed    State = "failed"
	Throttled State = "throttled"
)

// Request is an invocation of a function.
type Request struct {
	Function string
	Source   string // where it comes from: console, lambda, http or source
	Caller   string // more about that, for example the method and path of an HTTP request; may be empty
	State    State
	Event    []byte
	Payload  []byte // the response or, if it has failed, the error document
	Error    string // why there is no payload; may be empty

	Cold      bool          // whether an environment was started for it
	Init      time.Duration // of a cold start
	Duration  time.Duration // of the handler
	Transport time.Duration // the rest: waiting, and the way to the function and back
	Billed    time.Duration
	MaxMemory int64 // in bytes
	Memory    int64 // MemorySize, in bytes
	Log       []Line

	// Dropped reports whether event, payload and log are no longer kept, because later entries needed the memory.
	Dropped bool
}

// Line is a line of a function's log.
type Line struct {
	At   time.Time
	Text string
}

// Build is an attempt to build the service.
type Build struct {
	State    State
	Changed  []string // the files whose change caused it
	Duration time.Duration
	Problems []Problem
}

// Process is the start of a function's process that waits for a debugger. It does not change.
type Process struct {
	Function string
	PID      int
}

// Problem is what is wrong with the sources, or another reason why a build failed.
type Problem struct {
	File         string // relative to the application's folder; empty if the problem is in no file
	Line, Column int    // from 1; 0 means unknown
	Message      string
	Code         []string // the lines around it
	First        int      // the number of the first line of Code
}

// ended reports whether the request has an outcome.
func (r *Request) ended() bool { return r.State != Running && r.State != "" }

// size is about how many bytes an entry occupies beyond those of all entries.
func (e Entry) size() int64 {
	if e.Request == nil {
		return 0
	}
	size := len(e.Request.Event) + len(e.Request.Payload)
	for _, line := range e.Request.Log {
		size += len(line.Text) + 64
	}
	return int64(size)
}

// clone returns a copy whose request or build can be changed.
func (e Entry) clone() Entry {
	if e.Request != nil {
		request := *e.Request
		e.Request = &request
	}
	if e.Build != nil {
		build := *e.Build
		e.Build = &build
	}
	return e
}

// drop removes what needs memory from a request.
func (e *Entry) drop() {
	*e = e.clone()
	e.Request.Event, e.Request.Payload, e.Request.Log = nil, nil, nil
	e.Request.Dropped = true
	e.charged = 0
}

// shorten keeps the first and the last lines of a log that is too long.
func shorten(log []Line, most int) []Line {
	if len(log) <= most {
		return log
	}
	head := most / 10
	rest := most - head - 1
	text := fmt.Sprintf("… %d lines are not kept …", len(log)-head-rest)
	cut := Line{At: log[head].At, Text: text}
	return slices.Concat(log[:head], []Line{cut}, log[len(log)-rest:])
}
