package files

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

func TestSweep(t *testing.T) {
	gone := exitedProcess(t)
	cases := map[string]struct {
		name string
		age  time.Duration
		kept bool
	}{
		"of a process that has ended":   {fmt.Sprintf(".a.zip.%d.X.tmp", gone), 0, false},
		"of this process":               {fmt.Sprintf(".a.zip.%d.X.tmp", os.Getpid()), 0, true},
		"of this process's ID, but old": {fmt.Sprintf(".a.zip.%d.X.tmp", os.Getpid()), 2 * time.Hour, false},
		"of another file":               {fmt.Sprintf(".b.zip.%d.X.tmp", gone), 0, true},
		"of a longer name":              {fmt.Sprintf(".a.zip.b.%d.X.tmp", gone), 0, true},
		"without a process ID":          {".a.zip.me.X.tmp", 0, true},
		"without a random part":         {fmt.Sprintf(".a.zip.%d.tmp", gone), 0, true},
		"with more parts":               {fmt.Sprintf(".a.zip.%d.X.Y.tmp", gone), 0, true},
		"with a negative ID":            {".a.zip.-1.X.tmp", 2 * time.Hour, true},
		"the file itself":               {"a.zip", 2 * time.Hour, true},
	}
	for name, c := range cases {
		for _, kind := range []string{"file", "folder"} {
			t.Run(name+", a "+kind, func(t *testing.T) {
				dir := t.TempDir()
				path := filepath.Join(dir, c.name)
				if kind == "folder" {
					must(t, os.MkdirAll(filepath.Join(path, "deep"), 0o755))
				} else {
					must(t, os.WriteFile(path, nil, 0o644))
				}
				when := time.Now().Add(-c.age)
				must(t, os.Chtimes(path, when, when))
				must(t, SweepScratch(filepath.Join(dir, "a.zip")))
				if _, err := os.Lstat(path); (err == nil) != c.kept {
					t.Errorf("%s: kept is %t, want %t", c.name, err == nil, c.kept)
				}
			})
		}
	}
}

func TestSweepWithoutAFolder(t *testing.T) {
	must(t, SweepScratch(filepath.Join(t.TempDir(), "none", "a.zip")))
}

func TestPath(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.zip")
	first, second := Scratch(path), Scratch(path)
	if first == second {
		t.Errorf("the same path twice: %s", first)
	}
	// Sweep recognizes names of Path as those of this process.
	must(t, os.WriteFile(first, nil, 0o644))
	must(t, SweepScratch(path))
	must(t, os.Chtimes(first, time.Time{}, time.Now().Add(-2*time.Hour)))
	entries, err := os.ReadDir(filepath.Dir(path))
	must(t, err)
	if !slices.ContainsFunc(entries, func(e os.DirEntry) bool { return e.Name() == filepath.Base(first) }) {
		t.Error("a running process's file was removed")
	}
	must(t, SweepScratch(path))
	if _, err := os.Lstat(first); err == nil {
		t.Error("an old file stays")
	}
}

// exitedProcess returns the ID of a process that has ended: a copy of this program.
func exitedProcess(t *testing.T) int {
	t.Helper()
	self, err := os.Executable()
	must(t, err)
	cmd := exec.Command(self, "-test.run=^$")
	must(t, cmd.Run())
	return cmd.Process.Pid
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
