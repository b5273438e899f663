package console

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/explore/history"
)

// A process has its function's name in a place of its own: the page counts what has a function as a request.
func TestProcessesAreNoRequests(t *testing.T) {
	got, err := json.Marshal(summarize(history.Entry{Process: &history.Process{Function: "greet", PID: 4711}}))
	if err != nil {
		t.Fatal(err)
	}
	if text := string(got); !strings.Contains(text, `"process":{"function":"greet","pid":4711}`) ||
		strings.Count(text, "greet") != 1 {
		t.Errorf("the summary is %s", text)
	}
}
