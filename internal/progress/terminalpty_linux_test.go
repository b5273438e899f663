package progress

import (
	"os"
	"testing"

	"github.com/go-sparta/sparta/internal/testtty"
)

func TestInteractiveTerminals(t *testing.T) {
	terminal := testtty.Open(t, 60)
	for name, test := range map[string]struct {
		variable, value string
		want            bool
	}{
		"a terminal":              {"TERM", "xterm-256color", true},
		"one that is dumb":        {"TERM", "dumb", false},
		"one without a name":      {"TERM", "", true},
		"CI":                      {"CI", "true", false},
		"CI with a name":          {"CI", "woodpecker", false},
		"CI that is switched off": {"CI", "false", true},
	} {
		t.Run(name, func(t *testing.T) {
			for _, variable := range []string{"TERM", "CI"} {
				t.Setenv(variable, "")
			}
			t.Setenv(test.variable, test.value)
			if got := IsInteractive(terminal.File); got != test.want {
				t.Errorf("IsInteractive is %t, want %t", got, test.want)
			}
		})
	}
	if got := Width(terminal.File); got != 60 {
		t.Errorf("it has %d columns, want 60", got)
	}
	if IsTerminal(os.NewFile(^uintptr(0), "closed")) {
		t.Error("a file that is not open is taken for a terminal")
	}
}
