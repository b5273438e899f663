package invocation_test

import (
	"bytes"
	"testing"

	"github.com/go-sparta/sparta/internal/invocation"
)

func TestWriteAnswer(t *testing.T) {
	for answer, want := range map[string]string{
		`{"a":1}`:           "{\"a\":1}\n",
		"\"text\"\n\n":      "\"text\"\n",
		"":                  "",
		"\x89PNG\r\n\x1a\n": "\x89PNG\r\n\x1a\n",
		"streamed text":     "streamed text",
		"streamed text\n\n": "streamed text\n\n",
	} {
		var out bytes.Buffer
		if err := invocation.WriteAnswer(&out, []byte(answer)); err != nil || out.String() != want {
			t.Errorf("%q is written as %q (%v), want %q", answer, &out, err, want)
		}
	}
}
