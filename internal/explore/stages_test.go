package explore

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/files"
)

// A build's folder stays as long as one of its copies with files of Archive hooks.
func TestFoldersOfOldBuildsAreRemoved(t *testing.T) {
	dir := t.TempDir()
	for _, name := range strings.Fields("a a-1 a-2 b c") {
		if err := os.Mkdir(filepath.Join(dir, name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	e := &engine{}
	for _, step := range []struct{ keep, left string }{
		{"a a-1", "a a-1 a-2 b c"},
		{"a a-2", "a a-1 a-2 b c"},
		{"b", "a a-2 b c"},
		{"a a-2", "a a-2 b c"}, // as after an undone change
		{"c", "a a-2 c"},
	} {
		var paths []string
		for _, name := range strings.Fields(step.keep) {
			paths = append(paths, filepath.Join(dir, name))
		}
		if err := e.keep(paths...); err != nil {
			t.Fatal(err)
		}
		if got := e.current(); got != paths[len(paths)-1] {
			t.Errorf("the folder in use is %s, want the last of %q", got, paths)
		}
		var left []string
		for _, name := range strings.Fields("a a-1 a-2 b c") {
			if files.Exists(filepath.Join(dir, name)) {
				left = append(left, name)
			}
		}
		if got := strings.Join(left, " "); got != step.left {
			t.Errorf("after %s, there are %s, want %s", step.keep, got, step.left)
		}
	}
	e.close()
}
