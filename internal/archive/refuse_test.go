package archive_test

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/go-sparta/sparta/internal/archive"
)

func TestRefuses(t *testing.T) {
	cases := map[string]struct {
		prepare func(t *testing.T, dir string)
		want    string
	}{
		"a symbolic link": {
			func(t *testing.T, dir string) { symlink(t, "index.py", filepath.Join(dir, "link")) },
			"link: a symbolic link cannot be packed: replace it with the file itself",
		},
		"a symbolic link to a folder": {
			func(t *testing.T, dir string) { symlink(t, ".", filepath.Join(dir, "link")) },
			"link: a symbolic link cannot be packed",
		},
		"a name that is a path on Windows": {
			func(t *testing.T, dir string) { name(t, dir, `a\b`) },
			`the name "a\\b" does not unzip to the same name on every system: rename the file`,
		},
		"a name in another encoding": {
			func(t *testing.T, dir string) { name(t, dir, "gr\xf6sse") },
			`the name "gr\xf6sse" does not unzip`,
		},
		"an empty folder": {
			func(t *testing.T, dir string) { must(t, os.Remove(filepath.Join(dir, "index.py"))) },
			"no files in ",
		},
		"no folder": {
			func(t *testing.T, dir string) { must(t, os.RemoveAll(dir)) },
			"stage",
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			dir := folder(t, fstest.MapFS{"index.py": {Data: []byte("x")}})
			c.prepare(t, dir)
			refuse(t, t.Context(), dir, c.want)
		})
	}
	t.Run("an archive within the folder", func(t *testing.T) {
		dir := folder(t, fstest.MapFS{"index.py": {Data: []byte("x")}})
		_, err := archive.Write(t.Context(), dir, filepath.Join(dir, "a", "hello.zip"))
		if err == nil || !strings.Contains(err.Error(), "the archive would be part of itself: write it outside "+dir) {
			t.Errorf("error is %v", err)
		}
	})
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	refuse(t, ctx, folder(t, staged()), "context canceled")
}

// Packing also stops in the middle of a large file.
func TestCancelledWhilePacking(t *testing.T) {
	dir := folder(t, fstest.MapFS{"bin/a.so": {Data: archive.Noise(4 << 20)}})
	refuse(t, &laterCancelled{Context: t.Context(), left: 20}, dir, "add bin/a.so: context canceled")
}

// laterCancelled is canceled once Err has been called a number of times.
type laterCancelled struct {
	context.Context
	left int
}

func (c *laterCancelled) Err() error {
	if c.left--; c.left < 0 {
		return context.Canceled
	}
	return nil
}

// refuse packs dir to the path of an existing archive, and checks that this fails and changes nothing.
func refuse(t *testing.T, ctx context.Context, dir, want string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "hello.zip")
	must(t, os.WriteFile(path, []byte("old"), 0o644))
	report, err := archive.Write(ctx, dir, path)
	if err == nil || !strings.HasPrefix(err.Error(), "package "+path+": ") || !strings.Contains(err.Error(), want) {
		t.Errorf("error is\n%v\nwant in it\n%s", err, want)
	}
	if report.Path != "" || len(report.Files) != 0 {
		t.Errorf("the report of a failure is %+v", report)
	}
	if got := read(t, path); string(got) != "old" {
		t.Errorf("the old archive is %q", got)
	}
	if names := ls(t, filepath.Dir(path)); !slices.Equal(names, []string{"hello.zip"}) {
		t.Errorf("left in the folder: %q", names)
	}
}

func symlink(t *testing.T, target, path string) {
	t.Helper()
	if err := os.Symlink(target, path); err != nil {
		t.Skipf("this machine has no symbolic links: %v", err)
	}
}

func name(t *testing.T, dir, name string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), nil, 0o644); err != nil || runtime.GOOS == "windows" {
		t.Skipf("this machine has no file system for such names: %v", err)
	}
}
