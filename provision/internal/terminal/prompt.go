package terminal

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/go-sparta/sparta/internal/progress"
)

// Prompt asks a person.
type Prompt struct {
	In       io.Reader
	Out      io.Writer
	Terminal bool // whether somebody sees the question and can answer it
}

// New asks on the process's terminal, if it has one.
func New() Prompt {
	terminal := progress.IsTerminal(os.Stdin) && progress.IsTerminal(os.Stderr)
	return Prompt{In: os.Stdin, Out: os.Stderr, Terminal: terminal}
}

// Line asks a question and reads a line. It must be called only with a terminal.
func (p Prompt) Line(ctx context.Context, question string) (string, error) {
	_, _ = fmt.Fprint(p.Out, question)
	type answer struct {
		line string
		err  error
	}
	answers := make(chan answer, 1)
	go func() { // a read cannot be cancelled
		line, err := bufio.NewReader(p.In).ReadString('\n')
		answers <- answer{strings.TrimSpace(line), err}
	}()
	select {
	case <-ctx.Done():
		return "", context.Cause(ctx)
	case answer := <-answers:
		if answer.line != "" {
			return answer.line, nil
		}
		return "", answer.err
	}
}
