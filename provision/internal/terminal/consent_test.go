package terminal

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"testing"
	"testing/iotest"
)

func TestConsent(t *testing.T) {
	const question = `This will delete stack x, which cannot be undone:
  A, and its data with it
  B
Continue? [y/N] `
	for name, test := range map[string]struct {
		yes, terminal bool
		answer        string
		asked         bool
		err           string // empty means consent
	}{
		"yes":                          {false, true, "yes\n", true, ""},
		"y":                            {false, true, "Y\n", true, ""},
		"no":                           {false, true, "n\n", true, "the answer was no"},
		"no is what Return means":      {false, true, "\n", true, "the answer was no"},
		"another word":                 {false, true, "yep\n", true, "the answer was no"},
		"the terminal goes away":       {false, true, "", true, "wait for an answer: EOF"},
		"it was given":                 {true, true, "n\n", false, ""},
		"it was given for no terminal": {true, false, "n\n", false, ""},
		"there is no terminal": {
			false, false, "yes\n", false,
			"delete stack x: this cannot be undone:\n  A, and its data with it\n  B\n" +
				"nothing was changed: there is no terminal to ask on, use -yes",
		},
	} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			var in io.Reader = strings.NewReader(test.answer)
			if !test.terminal {
				in = iotest.ErrReader(errors.New("standard input was read"))
			}
			err := NewConsent(test.yes, &Prompt{In: in, Out: &out, Terminal: test.terminal}).
				To(t.Context(), "delete stack x", []string{"A, and its data with it", "B"})
			if (err == nil) != (test.err == "") || err != nil && !strings.Contains(err.Error(), test.err) {
				t.Errorf("error %v, want %q", err, test.err)
			}
			if err != nil && !strings.Contains(err.Error(), "nothing was changed") {
				t.Errorf("error %v does not say that nothing was changed", err)
			}
			if asked := out.String() == question; asked != test.asked || !asked && out.Len() > 0 {
				t.Errorf("it asked %q", &out)
			}
		})
	}
}

func TestConsentIsWaitedForUntilTheEnd(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	interrupted := errors.New("interrupted")
	cancel(interrupted)
	never, _ := io.Pipe()
	prompt := &Prompt{In: never, Out: io.Discard, Terminal: true}
	err := NewConsent(false, prompt).To(ctx, "delete stack x", []string{"A"})
	if !errors.Is(err, interrupted) {
		t.Errorf("error %v", err)
	}
}

// A person has to see the question as well as answer it.
func TestAFileIsNotATerminal(t *testing.T) {
	file, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	stdin := os.Stdin
	os.Stdin = file
	defer func() { os.Stdin = stdin }()
	if New().Terminal {
		t.Error("/dev/null counts as a terminal")
	}
}
