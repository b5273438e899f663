package machine

import (
	"os"
	"path/filepath"
	"testing"
)

func TestFirstOf(t *testing.T) {
	path := filepath.Join(t.TempDir(), "cpuinfo")
	if err := os.WriteFile(path, []byte("processor\t: 0\nmodel name\t: A: B\nmodel name\t: C\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"model name": "A: B", "model": ""} {
		if got := firstOf(path, name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if got := firstOf(path+"2", "model name"); got != "" {
		t.Errorf("without the file, it is %q", got)
	}
}
