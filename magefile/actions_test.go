package spartamage

import (
	"os"
	"strings"
	"testing"
)

func TestAScriptEndsWithItsFirstFailure(t *testing.T) {
	t.Chdir(t.TempDir())
	err := Script([][]string{{"touch", "first"}, {"false"}, {"touch", "last"}})
	if err == nil || !strings.Contains(err.Error(), "false: exit status 1") {
		t.Errorf("error is %v", err)
	}
	if _, err := os.Stat("first"); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat("last"); err == nil {
		t.Error("the command after the failure ran")
	}
	if err := Script([][]string{{}}); err == nil || !strings.Contains(err.Error(), "command 1 of the script is empty") {
		t.Errorf("error is %v", err)
	}
}

func TestACommandIsAppliedToFilesThatAreNotIgnored(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, name := range []string{"a.txt", "b.txt", "c.go"} {
		if err := os.WriteFile(name, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := ApplyToSource("txt", []string{"b.*"}, "rm"); err != nil {
		t.Fatal(err)
	}
	left, err := os.ReadDir(".")
	if err != nil || len(left) != 2 || left[0].Name() != "b.txt" {
		t.Errorf("error is %v, left %v", err, left)
	}
	if err := ApplyToSource("txt", nil); err == nil || !strings.Contains(err.Error(), "no command to apply") {
		t.Errorf("error is %v", err)
	}
}
