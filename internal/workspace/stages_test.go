package workspace

import (
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestOpenRefusesLinks(t *testing.T) {
	for _, name := range []string{"build", "stage", "lock", ".gitignore", "app.zip", "local"} {
		t.Run(name, func(t *testing.T) {
			root, elsewhere := t.TempDir(), t.TempDir()
			w := Dir(filepath.Join(root, Name))
			if err := os.Mkdir(string(w), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.Symlink(elsewhere, filepath.Join(string(w), name)); err != nil {
				t.Skipf("no symbolic links here: %v", err)
			}
			opened := w
			if name == "local" {
				opened = w.Local()
			}
			_, err := opened.Open(t.Context(), func() {})
			const why = " is a symbolic link, which no build has created: remove it"
			if err == nil || !strings.Contains(err.Error(), name+why) {
				t.Errorf("error is %v", err)
			}
			if entries, _ := os.ReadDir(elsewhere); len(entries) > 0 {
				t.Errorf("it wrote %v where the link leads", entries)
			}
		})
	}
}

func TestStages(t *testing.T) {
	w := Dir(filepath.Join(t.TempDir(), Name))
	old := time.Now().Add(-2 * keptAtLeast)
	create := func(name string, at time.Time) string {
		t.Helper()
		stage := filepath.Join(w.Stages(), name)
		if err := os.MkdirAll(stage, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(stage, at, at); err != nil {
			t.Fatal(err)
		}
		return stage
	}
	current, unused := create("a-1", old), create("a-2", old)
	recent, used := create("a-3", time.Now()), create("a-4", old)
	release, err := UseStage(used)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(used, old, old); err != nil {
		t.Fatal(err)
	}
	left := func() (names []string) {
		for _, stage := range []string{current, unused, recent, used} {
			if _, err := os.Stat(stage); err == nil {
				names = append(names, filepath.Base(stage))
			}
		}
		return names
	}
	w.SweepStages(map[string]bool{current: true})
	if got := left(); runtime.GOOS != "windows" && !slices.Equal(got, []string{"a-1", "a-3", "a-4"}) {
		t.Errorf("left are %q", got)
	}
	release()
	w.SweepStages(map[string]bool{current: true})
	if got := left(); !slices.Equal(got, []string{"a-1", "a-3"}) {
		t.Errorf("left after the use are %q", got)
	}
	if _, err := UseStage(unused); err == nil {
		t.Error("a stage that was swept can be used")
	}
}
