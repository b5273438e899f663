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
	code, err := mfaPrompt{
		terminal.Prompt{In: strings.NewReader(" 123456 \nmore"), Out: &out, Terminal: true},
	}.ask(t.Context(), "device")
	if err != nil || code != "123456" || out.String() != "MFA code of device: " {
		t.Errorf("code is %q, error %v, prompt %q", code, err, out.String())
	}
	if _, err := (mfaPrompt{
		terminal.Prompt{In: strings.NewReader(""), Out: io.Discard, Terminal: true},
	}).ask(t.Context(), "device"); !errors.Is(err, io.EOF) {
		t.Errorf("error is %v, want that nothing was typed", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	never, writer := io.Pipe()
	defer func() { _ = writer.Close() }()
	if _, err := (mfaPrompt{
		terminal.Prompt{In: never, Out: io.Discard, Terminal: true},
	}).ask(ctx, "device"); !errors.Is(err, context.Canceled) {
		t.Errorf("error is %v, want that it was cancelled", err)
	}
}
