package testrequire

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
)

// witness records how a test would have ended. Its Fatalf and Skipf end the goroutine as the
// real ones do, so Need runs in one of its own.
type witness struct {
	testing.TB
	ended, text string
}

func (w *witness) Helper() {}

func (w *witness) Fatalf(format string, args ...any) { w.end("failed", fmt.Sprintf(format, args...)) }

func (w *witness) Skipf(format string, args ...any) { w.end("skipped", fmt.Sprintf(format, args...)) }

func (w *witness) end(how, text string) {
	w.ended, w.text = how, text
	runtime.Goexit()
}

func need(what ...string) *witness {
	w := &witness{ended: "ran"}
	done := make(chan struct{})
	go func() {
		defer close(done)
		Need(w, what...)
	}()
	<-done
	return w
}

func TestNeed(t *testing.T) {
	tests := map[string]struct {
		cc, require string
		what        []string
		ended, text string
	}{
		"what is there lets the test run":                  {cc: "echo", what: []string{"gcc"}, ended: "ran"},
		"what is lacking skips the test by name":           {cc: "no-such-cc", what: []string{"gcc"}, ended: "skipped", text: "lacks gcc"},
		"a required one fails the test":                    {cc: "no-such-cc", require: "docker, gcc", what: []string{"gcc"}, ended: "failed", text: "SPARTA_TEST_REQUIRE"},
		"requiring another one still skips":                {cc: "no-such-cc", require: "docker", what: []string{"gcc"}, ended: "skipped", text: "lacks gcc"},
		"everything named is needed":                       {cc: "false", what: []string{"python", "gcc"}, ended: "skipped", text: "lacks"},
		"a misspelt name fails instead of skipping a test": {what: []string{"dokcer"}, ended: "failed", text: `"dokcer"`},
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

func TestImageIsThatOfThisGoVersion(t *testing.T) {
	t.Setenv("SPARTA_IMAGE", "")
	if got := image(); !strings.HasPrefix(got, "golang:1.") || strings.Contains(got, "go1") {
		t.Errorf("image() = %q", got)
	}
	t.Setenv("SPARTA_IMAGE", "registry.example/golang:custom")
	if got := image(); got != "registry.example/golang:custom" {
		t.Errorf("image() = %q, want SPARTA_IMAGE's", got)
	}
}
