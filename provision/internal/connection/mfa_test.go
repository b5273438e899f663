package connection

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/provision/internal/terminal"
)

func TestMFAPrompt(t *testing.T) {
	var out bytes.Buffer
	typed := mfaPrompt{terminal.Prompt{In: strings.NewReader(" 123456 \nmore"), Out: &out, Terminal: true}}
	code, err := typed.ask(t.Context(), "device")
	if err != nil || code != "123456" || out.String() != "MFA code of device: " {
		t.Errorf("code is %q, error %v, prompt %q", code, err, out.String())
	}
	closed := mfaPrompt{terminal.Prompt{In: strings.NewReader(""), Out: io.Discard, Terminal: true}}
	if _, err := closed.ask(t.Context(), "device"); !errors.Is(err, io.EOF) {
		t.Errorf("error is %v, want that nothing was typed", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	never, writer := io.Pipe()
	defer func() { _ = writer.Close() }()
	silent := mfaPrompt{terminal.Prompt{In: never, Out: io.Discard, Terminal: true}}
	if _, err := silent.ask(ctx, "device"); !errors.Is(err, context.Canceled) {
		t.Errorf("error is %v, want that it was cancelled", err)
	}
}
