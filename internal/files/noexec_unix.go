//go:build linux || darwin

package files

import "golang.org/x/sys/unix"

func isNoexec(dir string) bool {
	var system unix.Statfs_t
	if err := unix.Statfs(dir, &system); err != nil {
		return false
	}
	return int64(system.Flags)&noexecFlag != 0
}
