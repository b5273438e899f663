package connection

import (
	"context"
	"errors"
	"fmt"

	"github.com/go-sparta/sparta/provision/internal/terminal"
)

// mfaPrompt asks a person for the code that a device shows.
type mfaPrompt struct{ terminal.Prompt }

// ask reads the code of a device. It returns an error, and does not wait, where there is no terminal.
func (p mfaPrompt) ask(ctx context.Context, device string) (string, error) {
	if !p.Terminal {
		return "", fmt.Errorf("the role needs an MFA code of %s, and standard input is not a terminal to ask at: "+
			"run aws sts assume-role yourself "+
			"and set AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN", device)
	}
	code, err := p.Line(ctx, "MFA code of "+device+": ")
	switch {
	case ctx.Err() != nil:
		return "", fmt.Errorf("ask for the MFA code: %w", ctx.Err())
	case code == "":
		return "", errors.Join(errors.New("no MFA code was entered"), err)
	}
	return code, nil
}
