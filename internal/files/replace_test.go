package files

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

func TestReplace(t *testing.T) {
	failure := errors.New("no more")
	for name, test := range map[string]struct {
		before string // empty means that there is no file
		write  func(io.Writer) error
		want   string
		err    error
	}{
		"a new file":      {"", writing([]byte("new")), "new", nil},
		"an existing one": {"old, and longer", writing([]byte("new")), "new", nil},
		"a failure leaves the file as it was": {"old", func(out io.Writer) error {
			_, _ = out.Write(make([]byte, 1<<20))
			return failure
		}, "old", failure},
		"a failure creates no file": {"", func(io.Writer) error { return failure }, "", failure},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "below", "file")
			if test.before != "" {
				if err := Write(path, []byte(test.before)); err != nil {
					t.Fatal(err)
				}
			}
			if err := Replace(path, test.write); !errors.Is(err, test.err) {
				t.Errorf("error %v, want %v", err, test.err)
			}
			got, err := os.ReadFile(path)
			if string(got) != test.want || errors.Is(err, os.ErrNotExist) != (test.want == "") {
				t.Errorf("the file holds %q (%v), want %q", got, err, test.want)
			}
			entries, err := os.ReadDir(filepath.Dir(path))
			if err != nil || len(entries) > 1 {
				t.Errorf("the folder holds %v (%v)", entries, err)
			}
		})
	}
}

// Links and open files keep what they have: nobody sees half of a file.
func TestReplaceLeavesTheOldFileToItsReaders(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	if err := Write(path, []byte("old")); err != nil {
		t.Fatal(err)
	}
	reader, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	if runtime.GOOS == "windows" {
		t.Skip("Windows does not replace an open file")
	}
	if err := Write(path, []byte("new")); err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(reader); string(got) != "old" || err != nil {
		t.Errorf("the reader reads %q, %v", got, err)
	}
}

func TestWritePrivateIsForItsOwner(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no such permissions")
	}
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, []byte("for everybody"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := WritePrivate(path, []byte("secret")); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file is %v, %v", info, err)
	}
}
