//go:build unix

package usage

import (
	"time"

	"golang.org/x/sys/unix"
)

// EndedChildren is the processor time of this program's children that have ended, and of theirs.
func EndedChildren() time.Duration {
	var used unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_CHILDREN, &used); err != nil {
		return 0
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
