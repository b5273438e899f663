package provision

import (
	"context"
	"fmt"
	"strings"
)

// consent is the user's to what cannot be undone.
type consent struct {
	yes bool // it was given beforehand
	prompt
}

// newConsent asks the person that is given, or else at the process's terminal.
func newConsent(yes bool, person *prompt) consent {
	if person == nil {
		terminal := newPrompt()
		person = &terminal
	}
	return consent{yes: yes, prompt: *person}
}

// to returns an error unless the user consents to the deed, such as "delete stack x", which has these consequences.
// Where nobody can be asked, standard input is not read. The answer is no unless it is yes.
func (c consent) to(ctx context.Context, deed string, consequences []string) error {
	if c.yes {
		return nil
	}
	list := "\n  " + strings.Join(consequences, "\n  ") + "\n"
	if !c.terminal {
		return fmt.Errorf("%s: this cannot be undone:%snothing was changed: -yes does it without a terminal to ask at",
			deed, list)
	}
	answer, err := c.line(ctx, fmt.Sprintf("This will %s, which cannot be undone:%sGo on? [y/N] ", deed, list))
	switch {
	case err != nil:
		return fmt.Errorf("%s: nothing was changed: wait for an answer: %w", deed, err)
	case !strings.EqualFold(answer, "y") && !strings.EqualFold(answer, "yes"):
		return fmt.Errorf("%s: nothing was changed: the answer was no", deed)
	}
	return nil
}
