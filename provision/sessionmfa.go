package provision

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"
)

// mfaPrompt asks a person for the code that a device shows.
type mfaPrompt struct {
	in       io.Reader
	out      io.Writer
	terminal bool // whether a person is there
}

// ask waits for one line. Nobody there is an error, never a wait.
func (p mfaPrompt) ask(ctx context.Context, device string) (string, error) {
	if !p.terminal {
		return "", fmt.Errorf("the role needs an MFA code (%s) and standard input is no terminal to ask for it: run aws sts assume-role yourself and set AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN", device)
	}
	_, _ = fmt.Fprintf(p.out, "MFA code of %s: ", device)
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
		return "", fmt.Errorf("ask for the MFA code: %w", ctx.Err())
	case answer := <-answers:
		if answer.line == "" {
			return "", errors.Join(errors.New("no MFA code was typed"), answer.err)
		}
		return answer.line, nil
	}
}

// isTerminal tells whether a person is at the other end of a file.
func isTerminal(file *os.File) bool { return term.IsTerminal(int(file.Fd())) }
