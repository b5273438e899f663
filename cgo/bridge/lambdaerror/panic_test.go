package lambdaerror_test

import (
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/cgo/bridge/lambdaerror"
)

// documentOf calls a handler by reflection, as aws-lambda-go does, and describes its panic.
func documentOf(handler func()) (got *document) {
	defer func() { got = lambdaerror.OfPanic(recover()) }()
	reflect.ValueOf(handler).Call(nil)
	return nil
}

func panics()      { panic("oh") }
func callsPanics() { panics() }

func indexes(list []int) int { return list[len(list)] }

func panicsAgain() {
	defer func() { panic(notFound{"second"}) }()
	panics()
}

type speechless struct{}

func (speechless) Error() string { panic("no words") }

func recurses(depth int) {
	if depth > 0 {
		recurses(depth - 1)
	}
	panics()
}

func TestDocumentOfAPanic(t *testing.T) {
	own := document{Type: "Own.Type", Message: "own"}
	for name, test := range map[string]struct {
		handler            func()
		errorType, message string
		frames             string // the functions, from the one that panicked to the handler
	}{
		"a text":                {callsPanics, "string", "oh", "panics callsPanics"},
		"an error":              {func() { panic(&notFound{"x"}) }, "notFound", "no x", "handler"},
		"a number":              {func() { panic(7) }, "int", "7", "handler"},
		"a type without a name": {func() { panic([]int{7}) }, "[]int", "[7]", "handler"},
		"one of the runtime's": {
			func() { indexes(nil) },
			"boundsError",
			"runtime error: index out of range [0] with length 0",
			"indexes handler",
		},
		"nil": {
			func() { panic(nil) },
			"PanicNilError",
			new(runtime.PanicNilError).Error(),
			"handler",
		},
		"a panic during a panic": {panicsAgain, "notFound", "no second", "panicsAgain.func1 panics panicsAgain"},
		"an Error method's":      {func() { lambdaerror.Of(speechless{}) }, "string", "no words", "speechless.Error"},
		"a document":             {func() { panic(own) }, "Own.Type", "own", ""},
	} {
		t.Run(name, func(t *testing.T) {
			got := documentOf(test.handler)
			var frames []string
			for _, frame := range got.StackTrace {
				_, function, _ := strings.Cut(filepath.Base(frame.Label), ".")
				if strings.HasPrefix(function, "TestDocumentOfAPanic.") {
					function = "handler" // the table's: their numbers are the compiler's
				}
				frames = append(frames, function)
				if filepath.Base(frame.Path) != "panic_test.go" || frame.Line == 0 {
					t.Errorf("%s is at %s:%d", frame.Label, frame.Path, frame.Line)
				}
			}
			if got.Type != test.errorType || got.Message != test.message || strings.Join(frames, " ") != test.frames {
				t.Errorf("got %s: %s, from %q, want %s: %s, from %q", got.Type, got.Message, frames, test.errorType,
					test.message, test.frames)
			}
		})
	}
}

func TestLongStackIsCut(t *testing.T) {
	trace := documentOf(func() { recurses(1000) }).StackTrace
	if len(trace) < 50 || len(trace) > 64 || !strings.HasSuffix(trace[0].Label, ".panics") {
		t.Errorf("%d frames from %s on, want at most 64 from the one that panicked", len(trace), trace[0].Label)
	}
}
