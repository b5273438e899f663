package provision

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"strings"
)

// prompt asks a person.
type prompt struct {
	in       io.Reader
	out      io.Writer
	terminal bool // whether a person is there to see the question and answer it
}

// newPrompt asks on the process's terminal, if it has one.
func newPrompt() prompt {
	return prompt{in: os.Stdin, out: os.Stderr, terminal: isTerminal(os.Stdin) && isTerminal(os.Stderr)}
}

// line waits for a line. It must not be called where nobody is there.
func (p prompt) line(ctx context.Context, question string) (string, error) {
	_, _ = fmt.Fprint(p.out, question)
	type answer struct {
		line string
		err  error
	}
	answers := make(chan answer, 1)
	go func() { // a read cannot be cancelled
		line, err := bufio.NewReader(p.in).ReadString('\n')
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
