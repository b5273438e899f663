package elfcheck

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

// A damaged library results in an error or a report, never in a panic.
func FuzzCheck(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte("\x7fELF\x02\x01\x01"))
	// A small whole library, made by: gcc -shared -nostdlib -s, of a function that calls
	// pthread_create of GLIBC_2.34.
	if seed, err := os.ReadFile(filepath.Join("testdata", "small.so")); err == nil {
		f.Add(seed)
	} else {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		path := filepath.Join(t.TempDir(), "a.so")
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		report, err := Check(path, Options{GOARCH: "amd64", Python: "python3.11", Exports: []string{"call"}})
		if err == nil && report.Machine != "amd64" {
			t.Errorf("accepted on %s with machine %q", runtime.GOARCH, report.Machine)
		}
	})
}
