package stage

import (
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
)

// A file that cannot be read is an error that names it, and the previous folder is unchanged.
func TestStageUnreadableFile(t *testing.T) {
	f := newPackageFixture(t)
	secret := filepath.Join(f.root, "conf", "secret")
	noError(t, os.WriteFile(secret, []byte("x"), 0))
	layOut(t, f.opts.Dir, map[string]string{"index.py": "old"})
	f.opts.Include = []string{"conf"}
	readableByAll(t, f)

	var err error
	asNobody(t, func() { err = Write(t.Context(), f.opts) })
	if err == nil || !strings.Contains(err.Error(), "copy "+secret+": open "+secret+": permission denied") {
		t.Errorf("error is %v", err)
	}
	if got := contentOf(t, f.opts.Dir); !maps.Equal(got, map[string]string{"index.py": "old"}) {
		t.Errorf("staged %q", got)
	}
}

// A named pipe would block the copy forever.
func TestStageNamedPipe(t *testing.T) {
	f := newPackageFixture(t)
	noError(t, syscall.Mkfifo(filepath.Join(f.root, "conf", "pipe"), 0o644))
	f.opts.Include = []string{"conf"}
	if err := Write(t.Context(), f.opts); err == nil ||
		!strings.Contains(err.Error(), "pipe is not a regular file (p---------): leave it out") {
		t.Errorf("error is %v", err)
	}
}

func readableByAll(t *testing.T, f packageFixture) {
	t.Helper()
	noError(t, os.Chmod(filepath.Dir(filepath.Dir(f.root)), 0o755))
	noError(t, os.Chmod(filepath.Dir(f.opts.Dir), 0o777))
	noError(t, os.Chmod(f.opts.Dir, 0o777))
}

// asNobody removes root's permission to read all files from this thread while do runs.
func asNobody(t *testing.T, do func()) {
	t.Helper()
	if os.Getuid() != 0 {
		do()
		return
	}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	noError(t, syscall.Setfsuid(65534))
	defer func() { noError(t, syscall.Setfsuid(0)) }()
	do()
}
