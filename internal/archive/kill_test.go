package archive_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/go-sparta/sparta/internal/archive"
)

// packInChild is the variable with the folder that a copy of this test program packs until it is killed.
const packInChild = "ARCHIVE_TEST_PACK"

func TestMain(m *testing.M) {
	if dir := os.Getenv(packInChild); dir != "" {
		_, err := archive.Write(context.Background(), dir, filepath.Join(filepath.Dir(dir), "hello.zip"))
		fmt.Fprintln(os.Stderr, "packed before it could be killed:", err)
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// A build that is killed while it writes leaves the old archive, and the next build removes the rest.
func TestKilledWhileWriting(t *testing.T) {
	dir := folder(t, fstest.MapFS{"bin/a.so": {Data: archive.Noise(24 << 20)}})
	out := filepath.Dir(dir)
	path := filepath.Join(out, "hello.zip")
	must(t, os.WriteFile(path, []byte("old"), 0o644))

	self, err := os.Executable()
	must(t, err)
	child := exec.Command(self)
	child.Env = append(os.Environ(), packInChild+"="+dir)
	child.Stderr = os.Stderr
	must(t, child.Start())
	leftover := waitForTemporary(t, out)
	must(t, child.Process.Kill())
	_ = child.Wait() // reports that it was killed

	if names := ls(t, out); !slices.Contains(names, leftover) {
		t.Fatalf("%s should remain of the killed build, but there is only %q", leftover, names)
	}
	if got := string(read(t, path)); got != "old" {
		t.Errorf("the old archive now has %d bytes", len(got))
	}
	small := folder(t, fstest.MapFS{"index.py": {Data: []byte("x")}})
	if _, err := archive.Write(t.Context(), small, path); err != nil {
		t.Fatal(err)
	}
	if names := ls(t, out); !slices.Equal(names, []string{"hello.zip", "stage"}) {
		t.Errorf("left in the folder: %q", names)
	}
}

func waitForTemporary(t *testing.T, dir string) string {
	t.Helper()
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(time.Millisecond) {
		for _, name := range ls(t, dir) {
			if strings.HasSuffix(name, ".tmp") {
				return name
			}
		}
	}
	t.Fatal("no temporary file appeared")
	return ""
}
