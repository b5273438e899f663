package workspace

import (
	"io/fs"
	"strings"
	"syscall"
	"testing"
)

func TestWhatCannotBeRemovedHasANextStep(t *testing.T) {
	for err, want := range map[error]string{
		&fs.PathError{Op: "unlinkat", Path: "/app/.sparta", Err: syscall.EACCES}: "chmod u+w /app",
		&fs.PathError{Op: "unlinkat", Path: "/app/.sparta", Err: syscall.EROFS}:  "make the file system writable",
	} {
		if got := Unremovable(err).Error(); !strings.Contains(got, want) {
			t.Errorf("%v: error %q, want %q in it", err, got, want)
		}
	}
}
