package files

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func TestAbsolute(t *testing.T) {
	dir := t.TempDir()
	for path, want := range map[string]string{
		"a/b":                       filepath.Join(dir, "a", "b"),
		".":                         dir,
		filepath.Join(dir, "other"): filepath.Join(dir, "other"),
	} {
		if got := Absolute(dir, path); got != want {
			t.Errorf("Absolute(%s) = %s, want %s", path, got, want)
		}
	}
}

func TestUnder(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "app")
	for path, want := range map[string]bool{
		folder:                               true,
		filepath.Join(folder, "a", "b"):      true,
		filepath.Join(folder, "..b"):         true,
		filepath.Dir(folder):                 false,
		folder + "2":                         false,
		filepath.Join(folder, "..", "other"): false,
	} {
		if got := Under(path, folder); got != want {
			t.Errorf("Under(%s) = %t, want %t", path, got, want)
		}
	}
}

func TestShown(t *testing.T) {
	here := t.TempDir()
	t.Chdir(here)
	here, err := os.Getwd() // behind links
	if err != nil {
		t.Fatal(err)
	}
	outside := filepath.Join(filepath.Dir(here), "other")
	inside := filepath.Join(here, "a", "b")
	for name, c := range map[string]struct{ dir, path, want string }{
		"below the working directory":            {here, inside, filepath.Join("a", "b")},
		"outside the working directory":          {here, outside, outside},
		"below a folder where the person is not": {outside, filepath.Join(outside, "c"), filepath.Join(outside, "c")},
	} {
		if got := Shown(c.dir, c.path); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestDiskAdvice(t *testing.T) {
	full := fmt.Errorf("write x: %w", syscall.ENOSPC)
	err := WithDiskAdvice(full)
	if !errors.Is(err, syscall.ENOSPC) || !strings.Contains(err.Error(), "free some space") {
		t.Errorf("the error of a full disk is %v", err)
	}
	err = WithDiskAdvice(os.ErrNotExist)
	if !errors.Is(err, os.ErrNotExist) || strings.Contains(err.Error(), "free some space") {
		t.Errorf("another error is %v", err)
	}
	if err := WithDiskAdvice(nil); err != nil {
		t.Errorf("no error is %v", err)
	}
}

func TestWhatIsAtAPath(t *testing.T) {
	dir := t.TempDir()
	path := func(name string) string { return filepath.Join(dir, name) }
	if err := os.WriteFile(path("file"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for link, target := range map[string]string{"link": "file", "folder": ".", "dangling": "nothing"} {
		if err := os.Symlink(target, path(link)); err != nil {
			t.Skipf("this machine has no symbolic links: %v", err)
		}
	}
	for name, want := range map[string]struct{ exists, isFile, isDangling bool }{
		"file":     {true, true, false},
		"link":     {true, true, false},
		"folder":   {true, false, false},
		"dangling": {false, false, true},
		"nothing":  {false, false, false},
	} {
		p := path(name)
		if got := struct{ exists, isFile, isDangling bool }{Exists(p), IsFile(p), IsDangling(p)}; got != want {
			t.Errorf("%s: %+v, want %+v", name, got, want)
		}
	}
}
