//go:build lambdabinary

package environment

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

func TestDifferences(t *testing.T) {
	for name, c := range map[string]struct {
		own, python, changed, removed string // separated by spaces
	}{
		"none":                        {"A=1 B=", "B= A=1", "", ""},
		"a new variable":              {"A=1", "A=1 B=2", "B=2", ""},
		"another value":               {"A=1", "A=2", "A=2", ""},
		"an empty value":              {"A=1", "A=", "A=", ""},
		"a removed variable":          {"A=1 B=2", "B=2", "", "A"},
		"a value with equals signs":   {"A=1", "A=x=y=", "A=x=y=", ""},
		"two variables with one name": {"A=1", "A=1 A=2 B=3 B=4", "B=3", ""},
		"text that is not a variable": {"A=1", "A=1 oops =x", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			changed, removed := differences(strings.Fields(c.own), strings.Fields(c.python))
			if got := strings.Join(changed, " "); got != c.changed {
				t.Errorf("changed: got %q, want %q", got, c.changed)
			}
			if got := strings.Join(removed, " "); got != c.removed {
				t.Errorf("removed: got %q, want %q", got, c.removed)
			}
		})
	}
}

// A program's environment is copied, too: it stays the same.
func TestAProgramKeepsItsEnvironment(t *testing.T) {
	const variable = "SPARTA_TEST_PROGRAM=grüße=\n"
	if !slices.Contains(os.Args, "child") {
		cmd := exec.Command(os.Args[0], "-test.run=^TestAProgramKeepsItsEnvironment$", "child")
		cmd.Env = append(os.Environ(), variable)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%v\n%s", err, out)
		}
		return
	}
	if !Known || !slices.Contains(os.Environ(), variable) {
		t.Errorf("known: %v, %q", Known, os.Environ())
	}
}
