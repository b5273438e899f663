package stage

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

func TestCopyFile(t *testing.T) {
	content := strings.Repeat("0123456789", 100_000)
	for name, mode := range map[string]fs.FileMode{
		"a file of everybody": 0o666, "a program": 0o755, "a secret": 0o600, "a file that is only read": 0o444,
	} {
		t.Run(name, func(t *testing.T) {
			source := filepath.Join(t.TempDir(), "source")
			noError(t, os.WriteFile(source, []byte(content), 0o600))
			noError(t, os.Chmod(source, mode))
			target := filepath.Join(t.TempDir(), "a", "b", "target")
			noError(t, copyFile(t.Context(), source, target))
			copied, err := os.ReadFile(target)
			noError(t, err)
			if string(copied) != content {
				t.Errorf("copied %d bytes, want %d", len(copied), len(content))
			}
			info, err := os.Stat(target)
			noError(t, err)
			if want := mode | 0o600; runtime.GOOS != "windows" && info.Mode() != want {
				t.Errorf("permissions are %s, want %s", info.Mode(), want)
			}
		})
	}
}

func TestCopyFileRefuses(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	noError(t, os.WriteFile(file, []byte("x"), 0o600))
	err := copyFile(t.Context(), filepath.Join(dir, "none"), filepath.Join(dir, "a"))
	if !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file that has disappeared: error %v", err)
	}
	if err := copyFile(t.Context(), dir, filepath.Join(dir, "b")); err == nil {
		t.Error("a folder is copied as a file")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := copyFile(ctx, file, filepath.Join(dir, "c")); !errors.Is(err, context.Canceled) {
		t.Errorf("after the end of the context: error %v", err)
	}
}
