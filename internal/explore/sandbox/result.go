package sandbox

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/go-sparta/sparta/internal/lambdaruntime"
)

// Result is the result of an invocation.
type Result struct {
	lambdaruntime.Response

	Total       time.Duration // from the call of Invoke to the response; includes InitDuration and Duration
	Cold        bool          // it has started its environment
	Environment int           // number of the environment, from 1
	MaxMemory   int64         // the highest use of memory of the environment so far, in bytes; 0 means unknown
	OutOfMemory bool          // it failed because it used more memory than MemorySize
	MemorySize  int           // in MB
	ErrorType   string        // of the error document, if it failed

	Log     []Line // what it printed until its response, and during the initialization that it waited for
	Dropped int    // lines at the beginning of the log that were not kept
}

// newResult returns the result for a response.
func newResult(response *lambdaruntime.Response, config Config) *Result {
	r := &Result{Response: *response, MemorySize: config.MemorySize}
	if r.Failed {
		var document struct{ ErrorType string }
		_ = json.Unmarshal(r.Payload, &document) // a function may fail with any document
		r.ErrorType = document.ErrorType
	}
	return r
}

// killed makes it the result of an invocation that needed too much memory.
func (r *Result) killed() {
	r.OutOfMemory = true
	if r.ErrorType == exitError {
		return // its process has ended
	}
	r.Failed, r.ErrorType, r.ContentType = true, exitError, ""
	r.Payload, _ = json.Marshal(map[string]string{ // strings always marshal
		"errorType":    exitError,
		"errorMessage": "RequestId: " + r.RequestID + " Error: Runtime exited with error: signal: killed",
	})
}

// The types of Lambda's own errors.
const (
	exitError       = "Runtime.ExitError"
	timeoutError    = "Sandbox.Timedout"
	entrypointError = "Runtime.InvalidEntrypoint"
	outOfMemory     = "Runtime.OutOfMemory"
)

// InitFailed reports whether the function failed before it asked for an event.
func (r *Result) InitFailed() bool { return r.Cold && r.Failed && r.InitDuration == 0 }

// Billed returns the time that Lambda would bill: the initialization and the handler, in milliseconds rounded up.
// Initializations of functions with a managed runtime have been billed since August 2025.
func (r *Result) Billed() time.Duration {
	billed := r.InitDuration + r.Duration
	if r.InitFailed() {
		billed = r.Total
	}
	return (billed + time.Millisecond - 1).Truncate(time.Millisecond)
}

// Transcript returns the log as CloudWatch would show it, with Lambda's own lines around the function's.
func (r *Result) Transcript() []string {
	lines := make([]string, 0, len(r.Log)+5)
	lines = append(lines, "START RequestId: "+r.RequestID+" Version: $LATEST")
	for _, line := range r.Log {
		lines = append(lines, line.Text)
	}
	if reason := r.reason(); reason != "" {
		lines = append(lines, reason)
	}
	if r.InitFailed() {
		lines = append(lines,
			fmt.Sprintf("INIT_REPORT Init Duration: %s ms\tPhase: init\t%s", milliseconds(r.Total), r.status()))
	}
	return append(lines, "END RequestId: "+r.RequestID, r.report())
}

// reason is the line with which Lambda explains the end of an environment.
func (r *Result) reason() string {
	var document struct{ ErrorMessage string }
	switch r.ErrorType {
	case exitError, timeoutError, entrypointError:
		if json.Unmarshal(r.Payload, &document) == nil {
			return document.ErrorMessage + "\n" + r.ErrorType
		}
	}
	return ""
}

// report is the REPORT line.
func (r *Result) report() string {
	line := fmt.Sprintf("REPORT RequestId: %s\tDuration: %s ms\tBilled Duration: %d ms\tMemory Size: %d MB\t",
		r.RequestID, milliseconds(r.Duration), r.Billed().Milliseconds(), r.MemorySize)
	if r.MaxMemory > 0 {
		line += fmt.Sprintf("Max Memory Used: %d MB\t", (r.MaxMemory+megabyte-1)/megabyte)
	}
	if r.InitDuration > 0 {
		line += fmt.Sprintf("Init Duration: %s ms\t", milliseconds(r.InitDuration))
	}
	return line + r.status()
}

// status is the part of Lambda's lines that says how an environment ended; empty if the function has responded.
func (r *Result) status() string {
	kind := r.ErrorType
	switch {
	case kind == timeoutError:
		return "Status: timeout"
	case r.OutOfMemory:
		kind = outOfMemory
	case kind != exitError && kind != entrypointError && !r.InitFailed():
		return ""
	}
	return "Status: error\tError Type: " + kind
}

func milliseconds(d time.Duration) string { return fmt.Sprintf("%.2f", d.Seconds()*1e3) }
