package terminal

import (
	"context"
	"fmt"
	"strings"
)

// Consent asks the user to agree to what cannot be undone.
type Consent struct {
	yes bool // the user has agreed beforehand
	Prompt
}

// NewConsent asks with the prompt, or on the process's terminal if that is nil.
func NewConsent(yes bool, prompt *Prompt) Consent {
	if prompt == nil {
		process := New()
		prompt = &process
	}
	return Consent{yes: yes, Prompt: *prompt}
}

// To returns an error unless the user agrees to an action, for example "delete stack x", that has these consequences.
// Without a terminal, standard input is not read. Any answer other than y or yes is a no.
func (c Consent) To(ctx context.Context, action string, consequences []string) error {
	if c.yes {
		return nil
	}
	list := "\n  " + strings.Join(consequences, "\n  ") + "\n"
	if !c.Terminal {
		return fmt.Errorf("%s: this cannot be undone:%s"+
			"nothing was changed: there is no terminal to ask on, use -yes to confirm", action, list)
	}
	answer, err := c.Line(ctx, fmt.Sprintf("This will %s, which cannot be undone:%sContinue? [y/N] ", action, list))
	switch {
	case err != nil:
		return fmt.Errorf("%s: nothing was changed: wait for an answer: %w", action, err)
	case !strings.EqualFold(answer, "y") && !strings.EqualFold(answer, "yes"):
		return fmt.Errorf("%s: nothing was changed: the answer was no", action)
	}
	return nil
}
