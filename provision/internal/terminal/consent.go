package terminal

import (
	"context"
	"fmt"
	"strings"
)

// Consent is the user's to what cannot be undone.
type Consent struct {
	yes bool // it was given beforehand
	Prompt
}

// NewConsent asks the person that is given, or else at the process's terminal.
func NewConsent(yes bool, person *Prompt) Consent {
	if person == nil {
		process := New()
		person = &process
	}
	return Consent{yes: yes, Prompt: *person}
}

// To returns an error unless the user consents to the deed, such as "delete stack x", which has these consequences.
// Where nobody can be asked, standard input is not read. The answer is no unless it is yes.
func (c Consent) To(ctx context.Context, deed string, consequences []string) error {
	if c.yes {
		return nil
	}
	list := "\n  " + strings.Join(consequences, "\n  ") + "\n"
	if !c.Terminal {
		return fmt.Errorf("%s: this cannot be undone:%snothing was changed: -yes does it without a terminal to ask at",
			deed, list)
	}
	answer, err := c.Line(ctx, fmt.Sprintf("This will %s, which cannot be undone:%sGo on? [y/N] ", deed, list))
	switch {
	case err != nil:
		return fmt.Errorf("%s: nothing was changed: wait for an answer: %w", deed, err)
	case !strings.EqualFold(answer, "y") && !strings.EqualFold(answer, "yes"):
		return fmt.Errorf("%s: nothing was changed: the answer was no", deed)
	}
	return nil
}
