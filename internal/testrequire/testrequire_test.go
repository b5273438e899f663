package testrequire

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
)

// recorder records how a test would have ended. Its Fatalf and Skipf end the goroutine, like the real ones, so
// Need runs in a separate one.
type recorder struct {
	testing.TB
	ended, text string
}

func (r *recorder) Helper() {}

func (r *recorder) Fatalf(format string, args ...any) { r.end("failed", fmt.Sprintf(format, args...)) }

func (r *recorder) Skipf(format string, args ...any) { r.end("skipped", fmt.Sprintf(format, args...)) }

func (r *recorder) end(how, text string) {
	r.ended, r.text = how, text
	runtime.Goexit()
}

func need(what ...string) *recorder {
	r := &recorder{ended: "ran"}
	done := make(chan struct{})
	go func() {
		defer close(done)
		Need(r, what...)
	}()
	<-done
	return r
}

func TestNeed(t *testing.T) {
	tests := map[string]struct {
		cc, require string
		what        []string
		ended, text string
	}{
		"a tool that exists": {cc: "echo", what: []string{"gcc"}, ended: "ran"},
		"a missing tool skips the test": {
			cc:    "no-such-cc",
			what:  []string{"gcc"},
			ended: "skipped",
			text:  "has no gcc",
		},
		"a missing tool that is required fails the test": {
			cc:      "no-such-cc",
			require: "docker, gcc",
			what:    []string{"gcc"},
			ended:   "failed",
			text:    "SPARTA_TEST_REQUIRE",
		},
		"a missing tool that is not required": {
			cc:      "no-such-cc",
			require: "docker",
			what:    []string{"gcc"},
			ended:   "skipped",
			text:    "has no gcc",
		},
		"one of several is missing": {
			cc:    "false",
			what:  []string{"python", "gcc"},
			ended: "skipped",
			text:  "has no",
		},
		"an unknown name fails the test": {what: []string{"dokcer"}, ended: "failed", text: `"dokcer"`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Setenv("CC", test.cc)
			t.Setenv("SPARTA_TEST_REQUIRE", test.require)
			got := need(test.what...)
			if got.ended != test.ended || !strings.Contains(got.text, test.text) {
				t.Errorf("Need(%q) %s with %q, want %s with %q", test.what, got.ended, got.text, test.ended, test.text)
			}
		})
	}
}

func TestImageHasThisGoVersion(t *testing.T) {
	t.Setenv("SPARTA_IMAGE", "")
	if got := image(); !strings.HasPrefix(got, "golang:1.") || strings.Contains(got, "go1") {
		t.Errorf("image() = %q", got)
	}
	t.Setenv("SPARTA_IMAGE", "registry.example/golang:custom")
	if got := image(); got != "registry.example/golang:custom" {
		t.Errorf("image() = %q, want that of SPARTA_IMAGE", got)
	}
}
