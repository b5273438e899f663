package archive_test

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/go-sparta/sparta/internal/archive"
)

// staged is a package with every kind of file that matters.
func staged() fstest.MapFS {
	return fstest.MapFS{
		"index.py":             {Data: []byte("import _sparta\n")},
		"_sparta/bootstrap.py": {Data: bytes.Repeat([]byte("x = 1\n"), 500)},
		"_sparta/library":      {Data: []byte("bin/hello.so\n")},
		"bin/hello.so":         {Data: noise(3<<20 + 17)},
		"bin/tool":             {Data: []byte("#!/bin/sh\n")},
		"lib/libx.so.1.2":      {Data: noise(512 << 10)},
		"a/b":                  {Data: []byte("1")},
		"a-b":                  {Data: []byte("2")},
		"empty":                {Data: nil},
		"größe.txt":            {Data: []byte("3")},
	}
}

// noise is half compressible, and the same every time.
func noise(n int) []byte {
	random := rand.New(rand.NewPCG(1, 2))
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(random.IntN(16)) << random.IntN(2)
	}
	return b
}

func folder(t *testing.T, files fstest.MapFS) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "stage")
	for name, file := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, file.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func write(t *testing.T, dir string) (archive.Report, []byte) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "hello.zip")
	report, err := archive.Write(t.Context(), dir, path)
	if err != nil {
		t.Fatal(err)
	}
	return report, read(t, path)
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func TestEntries(t *testing.T) {
	files := staged()
	_, content := write(t, folder(t, files))
	r, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	executable := []string{"bin/hello.so", "bin/tool", "lib/libx.so.1.2"}
	for _, f := range r.File {
		names = append(names, f.Name)
		want := fs.FileMode(0o644)
		if slices.Contains(executable, f.Name) {
			want = 0o755
		}
		if f.Mode() != want {
			t.Errorf("%s: mode %s, want %s", f.Name, f.Mode(), want)
		}
		if f.Method != zip.Deflate || len(f.Extra) != 0 || !f.Modified.Equal(time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)) {
			t.Errorf("%s: method %d, extra %x, time %s", f.Name, f.Method, f.Extra, f.Modified)
		}
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(in)
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		if !bytes.Equal(got, files[f.Name].Data) {
			t.Errorf("%s: other content than packed", f.Name)
		}
	}
	want := []string{
		"_sparta/bootstrap.py", "_sparta/library", "a-b", "a/b", "bin/hello.so", "bin/tool",
		"empty", "größe.txt", "index.py", "lib/libx.so.1.2",
	}
	if !slices.Equal(names, want) {
		t.Errorf("entries\n%q\nwant\n%q", names, want)
	}
}

func TestReport(t *testing.T) {
	files := staged()
	report, content := write(t, folder(t, files))
	sum := sha256.Sum256(content)
	if report.SHA256 != hex.EncodeToString(sum[:]) || report.CodeSHA256 != base64.StdEncoding.EncodeToString(sum[:]) {
		t.Errorf("hashes %s and %s are not the file's", report.SHA256, report.CodeSHA256)
	}
	if report.Size != int64(len(content)) {
		t.Errorf("size %d, want %d", report.Size, len(content))
	}
	r, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	var total int64
	for i, f := range r.File {
		want := archive.File{Name: f.Name, Size: int64(f.UncompressedSize64), Compressed: int64(f.CompressedSize64)}
		if report.Files[i] != want {
			t.Errorf("file %d is %+v, want %+v", i, report.Files[i], want)
		}
		total += int64(len(files[f.Name].Data))
	}
	if report.Unzipped != total {
		t.Errorf("unzipped %d, want %d", report.Unzipped, total)
	}
}

// The same files are the same bytes: in another folder, written at another time in another order
// with other permissions, on a machine with more or fewer processors.
func TestSameFilesSameBytes(t *testing.T) {
	first := folder(t, staged())
	_, want := write(t, first)

	second := folder(t, staged())
	err := filepath.WalkDir(second, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		mode := fs.FileMode(0o600)
		if entry.IsDir() {
			mode = 0o700
		}
		if err := os.Chmod(path, mode); err != nil {
			return err
		}
		return os.Chtimes(path, time.Time{}, time.Date(2031, 5, 6, 7, 8, 9, 10, time.UTC))
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(second, "empty folder"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, processors := range []int{1, 2, 7} {
		before := runtime.GOMAXPROCS(processors)
		_, got := write(t, second)
		runtime.GOMAXPROCS(before)
		if !bytes.Equal(got, want) {
			t.Errorf("other bytes with %d processors", processors)
		}
	}
}

func TestReplacesTheOldArchive(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", "hello.zip")
	for _, content := range []string{"first", "second, and longer"} {
		dir := folder(t, fstest.MapFS{"index.py": {Data: []byte(content)}})
		if _, err := archive.Write(t.Context(), dir, path); err != nil {
			t.Fatal(err)
		}
		r, err := zip.OpenReader(path)
		if err != nil {
			t.Fatal(err)
		}
		got, err := fs.ReadFile(r, "index.py")
		r.Close()
		if err != nil || string(got) != content {
			t.Errorf("got %q, %v, want %q", got, err, content)
		}
	}
	if names := ls(t, filepath.Dir(path)); !slices.Equal(names, []string{"hello.zip"}) {
		t.Errorf("left in the folder: %q", names)
	}
}

func TestRefuses(t *testing.T) {
	cases := map[string]struct {
		prepare func(t *testing.T, dir string)
		want    string
	}{
		"a symbolic link": {
			func(t *testing.T, dir string) { symlink(t, "index.py", filepath.Join(dir, "link")) },
			"link: a symbolic link cannot be packed: put the file itself there",
		},
		"a symbolic link to a folder": {
			func(t *testing.T, dir string) { symlink(t, ".", filepath.Join(dir, "link")) },
			"link: a symbolic link cannot be packed",
		},
		"a name that is a path on Windows": {
			func(t *testing.T, dir string) { name(t, dir, `a\b`) },
			`the name "a\\b" has bytes that unzip differently elsewhere: rename it`,
		},
		"a name in another encoding": {
			func(t *testing.T, dir string) { name(t, dir, "gr\xf6sse") },
			`the name "gr\xf6sse" has bytes`,
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

// refuse packs dir over an existing archive, which has to stay, alone.
func refuse(t *testing.T, ctx context.Context, dir, want string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "hello.zip")
	must(t, os.WriteFile(path, []byte("old"), 0o644))
	report, err := archive.Write(ctx, dir, path)
	if err == nil || !strings.HasPrefix(err.Error(), "package "+path+": ") || !strings.Contains(err.Error(), want) {
		t.Errorf("error is\n%v\nwant in it\n%s", err, want)
	}
	if report.Path != "" || len(report.Files) != 0 {
		t.Errorf("a failure reports %+v", report)
	}
	if got := read(t, path); string(got) != "old" {
		t.Errorf("the old archive is %q", got)
	}
	if names := ls(t, filepath.Dir(path)); !slices.Equal(names, []string{"hello.zip"}) {
		t.Errorf("left in the folder: %q", names)
	}
}

func ls(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	must(t, err)
	names := make([]string, len(entries))
	for i, entry := range entries {
		names[i] = entry.Name()
	}
	return names
}

func symlink(t *testing.T, target, path string) {
	t.Helper()
	if err := os.Symlink(target, path); err != nil {
		t.Skipf("this machine lacks symbolic links: %v", err)
	}
}

func name(t *testing.T, dir, name string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), nil, 0o644); err != nil || runtime.GOOS == "windows" {
		t.Skipf("this machine lacks such file names: %v", err)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
