//go:build unix

package workspace

import (
	"context"
	"errors"
	"os"
	"syscall"
	"time"
)

// lockFile waits for the lock until ctx ends. If another process has it, it calls busy.
func lockFile(ctx context.Context, f *os.File, busy func()) error {
	for waiting := false; ; {
		err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if !errors.Is(err, syscall.EWOULDBLOCK) && !errors.Is(err, syscall.EINTR) {
			return err
		}
		if !waiting {
			waiting = true
			busy()
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// tryLockFile reports whether it has locked the file.
func tryLockFile(f *os.File) bool {
	return syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) == nil
}

// shareFile waits for a shared lock.
func shareFile(f *os.File) error {
	for {
		if err := syscall.Flock(int(f.Fd()), syscall.LOCK_SH); !errors.Is(err, syscall.EINTR) {
			return err
		}
	}
}
