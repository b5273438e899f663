package invocation_test

import (
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/invocation"
	"github.com/go-sparta/sparta/internal/testtty"
)

// The shell's prompt begins on a line of its own.
func TestAnswersEndALineOfATerminal(t *testing.T) {
	terminal := testtty.Open(t, 80)
	if err := invocation.WriteAnswer(terminal.File, []byte("streamed text")); err != nil {
		t.Fatal(err)
	}
	if shown := terminal.Text(); !strings.HasSuffix(shown, "streamed text\r\n") {
		t.Errorf("the terminal has %q", shown)
	}
}
