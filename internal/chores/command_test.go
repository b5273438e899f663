package chores

import (
	"slices"
	"testing"
)

func TestCommandString(t *testing.T) {
	for name, test := range map[string]struct {
		command Command
		want    string
	}{
		"plain words stay as they are": {
			Go("vet", "-tags=mage", "./...").With("GOOS=darwin"), "GOOS=darwin go vet -tags=mage ./...",
		},
		"JSON is quoted":          {Go("run", `-event={"name":"Ada"}`), `go run '-event={"name":"Ada"}'`},
		"a quote is quoted":       {Go("it's"), `go 'it'\''s'`},
		"an empty word is quoted": {Go(""), "go ''"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := test.command.String(); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

func TestWithLeavesTheOriginalAlone(t *testing.T) {
	base := Go("env").With("A=1")
	one, two := base.With("B=1"), base.With("B=2")
	if len(base.Env) != 1 || one.Env[1] != "B=1" || two.Env[1] != "B=2" {
		t.Errorf("environments %q, %q and %q are not independent", base.Env, one.Env, two.Env)
	}
}

func TestFlagsOfTargetsArePassedOn(t *testing.T) {
	number, off, text := 7, false, "a b"
	got := slices.Concat(Flag("n", &number), Flag("quick", &off), Flag("only", &text), Flag[bool]("save", nil))
	if want := []string{"-n=7", "-quick=false", "-only=a b"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
