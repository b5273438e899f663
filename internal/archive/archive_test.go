package archive_test

import (
	"archive/zip"
	"bytes"
	"encoding/hex"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/crypto/blake2b"

	"github.com/go-sparta/sparta/internal/archive"
	"github.com/go-sparta/sparta/internal/testfiles"
)

// staged is a package with every kind of file that matters.
func staged() fstest.MapFS {
	return fstest.MapFS{
		"index.py":             {Data: []byte("import _sparta\n")},
		"_sparta/bootstrap.py": {Data: bytes.Repeat([]byte("x = 1\n"), 500)},
		"_sparta/library":      {Data: []byte("bin/hello.so\n")},
		"bin/hello.so":         {Data: archive.Noise(1<<20 + 17)},
		"bin/tool":             {Data: []byte("#!/bin/sh\n")},
		"lib/libx.so.1.2":      {Data: archive.Noise(512 << 10)},
		"a/b":                  {Data: []byte("1")},
		"a-b":                  {Data: []byte("2")},
		"empty":                {Data: nil},
		"größe.txt":            {Data: []byte("3")},
	}
}

func folder(t *testing.T, files fstest.MapFS) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "stage")
	contents := map[string]string{}
	for name, file := range files {
		contents[name] = string(file.Data)
	}
	testfiles.Write(t, dir, contents)
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
		if f.Method != zip.Deflate || len(f.Extra) != 0 ||
			!f.Modified.Equal(time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)) {
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
			t.Errorf("%s: the content differs from what was packed", f.Name)
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
	if sum := blake2b.Sum256(content); report.Checksum != hex.EncodeToString(sum[:]) {
		t.Errorf("checksum %s is not the file's", report.Checksum)
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

// The same files result in the same bytes in another folder, when they are written at another time, in another
// order or with other permissions, and on a machine with more or fewer processors.
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
			t.Errorf("the bytes differ with %d processors", processors)
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

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
