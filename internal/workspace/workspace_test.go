//go:build unix

package workspace

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/go-sparta/sparta/internal/files"
)

func TestABuildWaitsForAnotherUntilItIsCanceled(t *testing.T) {
	w := Dir(filepath.Join(t.TempDir(), Name))
	release, err := w.Open(t.Context(), func() { t.Error("no other build is running") })
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	begin := time.Now()
	if _, err := w.Open(ctx, cancel); !errors.Is(err, context.Canceled) {
		t.Fatalf("Open() = %v, want it canceled", err)
	}
	if took := time.Since(begin); took > time.Second {
		t.Errorf("cancelling took %s", took)
	}
	second, err := w.Open(t.Context(), release)
	if err != nil {
		t.Fatalf("Open() = %v after the other build has ended", err)
	}
	second()
}

func TestWorkspaceIsRemovedBetweenBuilds(t *testing.T) {
	w := Dir(filepath.Join(t.TempDir(), Name))
	release, err := w.Open(t.Context(), func() {})
	if err != nil {
		t.Fatal(err)
	}
	opened := make(chan error, 1)
	if _, err := w.Remove(t.Context(), func() {
		// This build waits for the same lock, on a file that may be removed before the build has it.
		go func() {
			next, err := w.Open(t.Context(), sync.OnceFunc(release))
			if err == nil {
				if !files.Exists(filepath.Join(string(w), "lock")) {
					err = errors.New("a build holds a lock that no other build will find")
				}
				next()
			}
			opened <- err
		}()
	}, func() {}); err != nil {
		t.Fatal(err)
	}
	if err := <-opened; err != nil {
		t.Error(err)
	}
}

func TestErrorsOfWritesHaveAdvice(t *testing.T) {
	for name, c := range map[string]struct {
		make func(path string) error
		want string
	}{
		"a file": {
			func(path string) error { return os.WriteFile(path, nil, 0o644) },
			"is a file, but builds need a folder: move it away",
		},
		"a link to nothing": {
			func(path string) error { return os.Symlink("nowhere", path) },
			"is a symbolic link to nothing: remove or fix it",
		},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), Name)
			if err := c.make(path); err != nil {
				t.Fatal(err)
			}
			_, err := Dir(path).Open(t.Context(), func() {})
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("Open() = %v, want %q", err, c.want)
			}
		})
	}
	for cause, want := range map[syscall.Errno]string{
		syscall.EACCES: "and writable (`chmod -R u+w .sparta`), or remove it",
		syscall.ENOSPC: "free some space",
		syscall.EROFS:  "make its file system writable",
	} {
		err := &os.PathError{Op: "mkdir", Path: "/app/.sparta", Err: cause}
		if got := Dir("/app/.sparta").Unwritable(err).Error(); !strings.Contains(got, want) {
			t.Errorf("%v: %s", cause, got)
		}
	}
}

// git ignores the workspace, also after a full disk has left the file for it empty.
func TestGitIgnoresTheWorkspace(t *testing.T) {
	w := Dir(filepath.Join(t.TempDir(), Name))
	path := filepath.Join(string(w), ".gitignore")
	for _, before := range []string{"", "*\n"} {
		if err := os.MkdirAll(string(w), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(before), 0o644); err != nil {
			t.Fatal(err)
		}
		old := time.Now().Add(-time.Hour).Truncate(time.Second)
		if err := os.Chtimes(path, old, old); err != nil {
			t.Fatal(err)
		}
		release, err := w.Open(t.Context(), func() {})
		if err != nil {
			t.Fatal(err)
		}
		release()
		content, err := os.ReadFile(path)
		if err != nil || string(content) != "*\n" {
			t.Errorf("after %q: %q, error %v", before, content, err)
		}
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if written := !info.ModTime().Equal(old); written != (before == "") {
			t.Errorf("after %q: written again: %t", before, written)
		}
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
}
