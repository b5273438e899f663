package lambdaruntime

import (
	"errors"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/interpreter"
)

func TestLogLines(t *testing.T) {
	for name, test := range map[string]struct{ written, want string }{
		"the lines of an error are separated and indented": {
			"[ERROR] E: a\rTraceback:\r\u00a0\u00a0File\u00a0x\n", "[ERROR] E: a\nTraceback:\n  File\u00a0x\n",
		},
		"an error without a type":     {"[ERROR]\rTraceback:\n", "[ERROR]\nTraceback:\n"},
		"a progress bar is unchanged": {"10 %\r\u00a020 %\n", "10 %\r\u00a020 %\n"},
		"a message of two lines": {
			"[ERROR] E: a\nb\rTraceback:\r\u00a0File\n", "[ERROR] E: a\nb\nTraceback:\n File\n",
		},
		"the line after an error is unchanged": {
			"[ERROR] E\rTraceback:\n10 %\r20 %\n", "[ERROR] E\nTraceback:\n10 %\r20 %\n",
		},
		"the line after a logged error is unchanged": {
			"[ERROR]\tTIME\tE\n10 %\r20 %\n", "[ERROR]\tTIME\tE\n10 %\r20 %\n",
		},
		"a line that only begins like an error is unchanged": {
			"[ERR] a\rb\n [ERROR] a\rb\n", "[ERR] a\rb\n [ERROR] a\rb\n",
		},
		"other characters of two bytes at the margin": {"[ERROR] E\r\u00a0\u00a3 1\n", "[ERROR] E\n \u00a3 1\n"},
	} {
		t.Run(name, func(t *testing.T) {
			var whole, pieces strings.Builder
			for _, step := range []struct {
				out  *strings.Builder
				size int
			}{{&whole, len(test.written)}, {&pieces, 1}} {
				lines := &logLines{out: step.out}
				for i := 0; i < len(test.written); i += step.size {
					if n, err := lines.Write([]byte(test.written[i : i+step.size])); n != step.size || err != nil {
						t.Fatalf("Write() = %d, %v", n, err)
					}
				}
			}
			if whole.String() != test.want || pieces.String() != test.want {
				t.Errorf("got %q and, byte by byte, %q, want %q", whole.String(), pieces.String(), test.want)
			}
		})
	}
}

func TestLogLinesReportsErrorsOfItsWriter(t *testing.T) {
	full := errors.New("full")
	if n, err := (&logLines{out: failingWriter{full}}).Write([]byte("a")); n != 0 || !errors.Is(err, full) {
		t.Errorf("Write() = %d, %v", n, err)
	}
}

type failingWriter struct{ err error }

func (w failingWriter) Write([]byte) (int, error) { return 0, w.err }

func TestOneWriterForBothStreams(t *testing.T) {
	var both, other strings.Builder
	options := Options{Stdout: &both, Stderr: &both, Python: interpreter.Python{Client: "4.2.2"}}
	if stdout, stderr := options.writers(); stdout != stderr {
		t.Errorf("writers() = %v and %v, want one", stdout, stderr)
	}
	options.Stderr = &other
	if stdout, stderr := options.writers(); stdout == stderr || stderr != &other {
		t.Errorf("writers() = %v and %v, want the second as it is", stdout, stderr)
	}
	options.OwnClient = true
	if stdout, _ := options.writers(); stdout != &both {
		t.Errorf("writers() = %v, want the writer itself for the embedded client", stdout)
	}
}
