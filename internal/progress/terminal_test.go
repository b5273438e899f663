package progress

import (
	"os"
	"testing"
)

// A person has to see what is written: /dev/null is a character device, but not a terminal.
func TestFilesAreNotTerminals(t *testing.T) {
	file, err := os.Create(t.TempDir() + "/log")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer null.Close()
	for _, out := range []*os.File{file, null} {
		if IsTerminal(out) || IsInteractive(out) {
			t.Errorf("%s is taken for a terminal", out.Name())
		}
		if got := Width(out); got != 80 {
			t.Errorf("%s has %d columns, want the usual 80", out.Name(), got)
		}
	}
}
