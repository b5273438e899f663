package files

import (
	"fmt"
	"path/filepath"
)

// CanRun returns an error if programs and libraries in a folder cannot be run, because its file system is mounted
// noexec. The folder need not exist yet.
func CanRun(dir string) error {
	for !Exists(dir) && dir != filepath.Dir(dir) {
		dir = filepath.Dir(dir)
	}
	if !isNoexec(dir) {
		return nil
	}
	return fmt.Errorf("%s is on a file system that is mounted noexec, where no program or library can run: "+
		"mount it with exec, or copy the project to another file system", dir)
}
