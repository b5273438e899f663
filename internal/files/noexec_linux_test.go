package files

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestCanRun(t *testing.T) {
	mounts, err := os.ReadFile("/proc/self/mounts")
	if err != nil {
		t.Skipf("this machine has no list of file systems: %v", err)
	}
	tested := map[bool]bool{}
	for line := range strings.Lines(string(mounts)) {
		fields := strings.Fields(line)
		noexec := slices.Contains(strings.Split(fields[3], ","), "noexec")
		if info, err := os.Stat(fields[1]); tested[noexec] || err != nil || !info.IsDir() {
			continue
		}
		// A folder that does not exist yet is where its parent is.
		if err := CanRun(filepath.Join(fields[1], "missing", "folder")); (err != nil) != noexec {
			t.Errorf("CanRun below %s, mounted with %s: %v", fields[1], fields[3], err)
		}
		tested[noexec] = true
	}
	if !tested[true] {
		t.Skip("this machine has no file system that is mounted noexec")
	}
}
