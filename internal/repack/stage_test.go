package repack_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/go-sparta/sparta/internal/repack"
	"github.com/go-sparta/sparta/internal/workspace"
	"github.com/go-sparta/sparta/sparta"
)

// filesOf returns the files of a folder with their content.
func filesOf(t *testing.T, dir string) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		name, _ := filepath.Rel(dir, path)
		found[filepath.ToSlash(name)] = string(content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestAStageWithAddedFiles(t *testing.T) {
	pkg := built(t)
	before := filesOf(t, pkg.Stage)
	stage, err := repack.Stage(t.Context(), pkg, addAll(t, false))
	if err != nil {
		t.Fatal(err)
	}
	got := filesOf(t, stage)
	for name, want := range map[string]string{
		"index.py": "pass\n", "bin/hello.so": "\x7fELF", "data/old": "old", "data/prices.json": "{}\n", "a/b.txt": "b",
	} {
		if got[name] != want {
			t.Errorf("%s has %q, want %q", name, got[name], want)
		}
	}
	info, err := os.Stat(filepath.Join(stage, "tools", "tool"))
	if err != nil || runtime.GOOS != "windows" && info.Mode()&0o100 == 0 {
		t.Errorf("the added program is not executable (error %v)", err)
	}
	if after := filesOf(t, pkg.Stage); len(after) != len(before) {
		t.Errorf("the stage of the build has changed: %q", after)
	}
	if again, err := repack.Stage(t.Context(), pkg, addAll(t, true)); err != nil || again != stage {
		t.Errorf("the same files are in %s, not in %s (error %v)", again, stage, err)
	}
	other, err := repack.Stage(t.Context(), pkg, func(w sparta.PackageWriter) error {
		_, err := w.Create("data/prices.json")
		return err
	})
	if err != nil || other == stage || filesOf(t, other)["data/prices.json"] != "" {
		t.Errorf("other files are in %s (error %v)", other, err)
	}
	expectNames(t, filepath.Dir(pkg.Stage), pkg.Stage, stage, other)
}

// Hooks that add the time make a folder in each run, and a run that is killed leaves what it has begun.
func TestOldStagesWithAddedFilesAreRemoved(t *testing.T) {
	pkg := built(t)
	add := func(text string) (string, error) {
		return repack.Stage(t.Context(), pkg, func(w sparta.PackageWriter) error {
			file, err := w.Create("time")
			if err == nil {
				_, err = io.WriteString(file, text)
			}
			return err
		})
	}
	var stages []string
	for _, text := range []string{"9:00", "9:01", "9:02", "11:00"} {
		stage, err := add(text)
		if err != nil {
			t.Fatal(err)
		}
		stages = append(stages, stage)
	}
	release, err := workspace.UseStage(stages[1])
	if err != nil {
		t.Fatal(err)
	}
	defer release()
	left := filepath.Join(filepath.Dir(pkg.Stage), "."+filepath.Base(pkg.Stage)+".1.abc.tmp")
	if err := os.Mkdir(left, 0o755); err != nil {
		t.Fatal(err)
	}
	old := time.Now().Add(-2 * time.Hour)
	for _, stage := range append(stages[:3:3], pkg.Stage, left) {
		if err := os.Chtimes(stage, old, old); err != nil {
			t.Fatal(err)
		}
	}
	if stage, err := add("11:00"); err != nil || stage != stages[3] {
		t.Errorf("the same files are in %s, not in %s (error %v)", stage, stages[3], err)
	}
	if runtime.GOOS == "windows" { // which has no locks of stages
		return
	}
	expectNames(t, filepath.Dir(pkg.Stage), pkg.Stage, stages[1], stages[1]+".lock", stages[3])
}

func TestAStageToWhichNothingIsAdded(t *testing.T) {
	pkg := built(t)
	stage, err := repack.Stage(t.Context(), pkg, func(sparta.PackageWriter) error { return nil })
	if err != nil || stage != pkg.Stage {
		t.Errorf("the stage is %s (error %v)", stage, err)
	}
	failure := errors.New("no prices")
	_, err = repack.Stage(t.Context(), pkg, func(w sparta.PackageWriter) error {
		_, err := w.Create("data/prices.json")
		return errors.Join(err, failure)
	})
	if !errors.Is(err, failure) {
		t.Errorf("the error of the hook is %v", err)
	}
	expectNames(t, filepath.Dir(pkg.Stage), pkg.Stage)
}

// expectNames checks what is in a folder.
func expectNames(t *testing.T, dir string, want ...string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != len(want) {
		t.Errorf("the folder has %v, want %q", entries, want)
	}
}
