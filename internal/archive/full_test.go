//go:build linux

package archive_test

import (
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"

	"github.com/go-sparta/sparta/internal/archive"
)

// After a write to a full disk, the old archive is unchanged and nothing else takes up space.
func TestDiskFull(t *testing.T) {
	disk := t.TempDir()
	mountSmall(t, disk)

	path := filepath.Join(disk, "hello.zip")
	small := folder(t, fstest.MapFS{"index.py": {Data: []byte("x")}})
	if _, err := archive.Write(t.Context(), small, path); err != nil {
		t.Fatal(err)
	}
	old := read(t, path)

	_, err := archive.Write(t.Context(), folder(t, fstest.MapFS{"bin/a.so": {Data: archive.Noise(8 << 20)}}), path)
	if err == nil || !strings.Contains(err.Error(), "no space left on device: free some space there and build again") {
		t.Errorf("error is %v", err)
	}
	if !slices.Equal(read(t, path), old) {
		t.Error("the old archive has changed")
	}
	if names := ls(t, disk); !slices.Equal(names, []string{"hello.zip"}) {
		t.Errorf("left on the disk: %q", names)
	}
}

// mountSmall mounts a file system of 1 MB for this thread only. It disappears with the thread, so a killed test
// leaves no mount behind.
func mountSmall(t *testing.T, dir string) {
	t.Helper()
	runtime.LockOSThread() // without unlocking: the thread cannot be reused
	if err := syscall.Unshare(syscall.CLONE_NEWNS); err != nil {
		t.Skipf("this machine has no mount namespaces: %v", err)
	}
	if err := syscall.Mount("", "/", "", syscall.MS_PRIVATE|syscall.MS_REC, ""); err != nil {
		t.Skipf("this machine has no private mounts: %v", err)
	}
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=1m"); err != nil {
		t.Skipf("this machine has no tmpfs to fill: %v", err)
	}
	t.Cleanup(func() { must(t, syscall.Unmount(dir, 0)) })
}

// One file that cannot be read fails the archive, even if the others can.
func TestUnreadableFile(t *testing.T) {
	dir := folder(t, staged())
	must(t, os.WriteFile(filepath.Join(dir, "secret"), []byte("x"), 0))
	out := t.TempDir()
	must(t, os.Chmod(out, 0o777))
	must(t, os.Chmod(filepath.Dir(out), 0o755)) // holds both
	asNobody(t)
	_, err := archive.Write(t.Context(), dir, filepath.Join(out, "hello.zip"))
	want := "add secret: open " + filepath.Join(dir, "secret") + ": permission denied"
	if err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("error is %v, want %q", err, want)
	}
	if names := ls(t, out); len(names) != 0 {
		t.Errorf("left in the folder: %q", names)
	}
}

// asNobody removes root's permission to read all files from this thread until the test ends.
func asNobody(t *testing.T) {
	t.Helper()
	if os.Getuid() != 0 {
		return
	}
	runtime.LockOSThread()
	must(t, syscall.Setfsuid(65534))
	t.Cleanup(func() {
		must(t, syscall.Setfsuid(0))
		runtime.UnlockOSThread()
	})
}
