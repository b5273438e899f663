package peers

import (
	"os"
	"path/filepath"
	"testing"
)

// The files of the peers are there, each in the folder that its function runs in.
func TestFilesAreWritten(t *testing.T) {
	dir := t.TempDir()
	if err := write(dir); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{
		"node/runtime.js", "node/index.js", "python/shim.py", "python/subprocess_each.py", "python/subprocess_kept.py",
		"python/unread.py", "python/empty.py",
	} {
		if info, err := os.Stat(filepath.Join(dir, filepath.FromSlash(name))); err != nil || info.Size() == 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
}
