package browser

import (
	"testing"

	"github.com/go-sparta/sparta/internal/explore/history"
)

// The process that waits for a debugger is among the requests, without being one.
func TestAProcessToDebugIsShown(t *testing.T) {
	s, p := openConsole(t)
	s.history.Add(history.Entry{Process: &history.Process{Function: "take", PID: 4711}})
	p.shows("#requests", "take runs in process 4711")
	p.click("#requests [role=option]")
	p.shows("#answer-title", "Process")
	p.shows("#answer", "gdb -p 4711")
	if drawn := eval[int](p, "document.querySelectorAll('[data-name=take] .bars').length"); drawn != 0 {
		t.Error("the function's card shows it as a request")
	}
	p.isSilent()
}
