package product

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/go-sparta/sparta/internal/workspace"
)

// A project on a file system where nothing may be run is reported before anything is compiled, not by the system's
// loader.
func TestAFileSystemWithoutPrograms(t *testing.T) {
	needHost(t)
	p := newProject(t, "plain")
	dir := filepath.Join(p.dir, workspace.Name)
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_NOEXEC, "size=64m"); err != nil {
		t.Skipf("this user cannot mount a file system: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	for _, target := range []string{"cgo:invoke", "cgo:provision"} {
		args := []string{target}
		if target == "cgo:provision" {
			args = append(args, "-noop")
		}
		result := p.mage(t, nil, args...)
		if result.code == 0 || !strings.Contains(result.stderr, "is on a file system that is mounted noexec, where") ||
			strings.Contains(result.stderr, "compile ") {
			t.Errorf("%s: exit status %d, %s", target, result.code, result.stderr)
		}
	}
	result := p.mage(t, nil, "cgo:doctor")
	if !strings.Contains(result.stdout, "warn     workspace     "+dir+" is on") {
		t.Errorf("cgo:doctor: %s", result.stdout)
	}
	p.build(t) // whose result is for Lambda
}
