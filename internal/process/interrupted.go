package process

import (
	"context"
	"errors"
	"os/exec"
)

// interruption is the error of a command that was interrupted.
type interruption struct{ error }

func (interruption) Error() string   { return "interrupted" }
func (i interruption) Unwrap() error { return i.error }

// Explain returns the error of a command that has ended with err: "interrupted", instead of "signal: interrupt", if ctx
// was canceled or the user's Ctrl-C has reached the command first.
func Explain(ctx context.Context, err error) error {
	exit := new(exec.ExitError)
	if !errors.As(err, &exit) {
		return err
	}
	if errors.Is(ctx.Err(), context.Canceled) || exit.ProcessState.String() == "signal: interrupt" {
		return interruption{err}
	}
	return err
}

// IsInterrupted reports whether Explain has returned err because of an interrupt.
func IsInterrupted(err error) bool { return errors.As(err, new(interruption)) }
