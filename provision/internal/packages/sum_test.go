package packages

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestSHA256(t *testing.T) {
	path := filepath.Join(t.TempDir(), "hello.zip")
	if err := os.WriteFile(path, []byte("abc"), 0o600); err != nil {
		t.Fatal(err)
	}
	const want = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" // FIPS 180-2, B.1
	if got, err := SHA256(path); got != want || err != nil {
		t.Errorf("SHA256 returned %q, %v, want %q", got, err, want)
	}
	if _, err := SHA256(path + ".missing"); err == nil || !strings.Contains(err.Error(), "hello.zip.missing") {
		t.Errorf("a missing file: %v, want an error that names it", err)
	}
}
