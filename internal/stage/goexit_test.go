package stage

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

func TestContains(t *testing.T) {
	const part = 1 << 20 // of one read
	path := filepath.Join(t.TempDir(), "library")
	for name, c := range map[string]struct {
		size, at int
		want     bool
	}{
		"an empty file":             {0, -1, false},
		"a file without it":         {3 * part, -1, false},
		"at the beginning":          {3 * part, 0, true},
		"across two parts":          {3 * part, part - 5, true},
		"across two later parts":    {3 * part, 2*part - 20, true},
		"at the end":                {2*part + 100, 2*part + 100 - len(goexit), true},
		"in a file of a whole part": {part, part - len(goexit), true},
	} {
		t.Run(name, func(t *testing.T) {
			content := bytes.Repeat([]byte{0}, c.size)
			if c.at >= 0 {
				copy(content[c.at:], goexit)
			}
			if err := os.WriteFile(path, content, 0o600); err != nil {
				t.Fatal(err)
			}
			if got, err := contains(path, goexit); got != c.want || err != nil {
				t.Errorf("got %v, %v; want %v", got, err, c.want)
			}
		})
	}
}
