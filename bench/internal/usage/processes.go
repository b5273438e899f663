// Package usage reads how much memory and processor time processes use.
package usage

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/go-sparta/sparta/internal/procfs"
)

// OwnTime is the processor time of this program and the processes that it has started for functions.
func OwnTime() time.Duration { return ProcessorTime(os.Getpid()) }

// ProcessorTime is that of a process and its descendants, in user mode and in the kernel. Of children that have ended,
// Linux knows it in hundredths of a second. Where there is no /proc, it is 0.
func ProcessorTime(pid int) time.Duration {
	var sum time.Duration
	for _, one := range FamilyOf(pid) {
		fields := statOf(one)
		if len(fields) <= 14 {
			continue
		}
		if exact, ok := clockOf(one); ok {
			sum += exact
		} else {
			sum += ticks(fields[11:13])
		}
		sum += ticks(fields[13:15])
	}
	return sum
}

// ticks adds up times of the kernel.
func ticks(fields []string) (sum time.Duration) {
	const tick = 10 * time.Millisecond // Linux's USER_HZ is 100 everywhere that Go runs
	for _, field := range fields {
		n, _ := strconv.Atoi(field)
		sum += time.Duration(n) * tick
	}
	return sum
}

// FamilyOf lists a process and its descendants.
func FamilyOf(pid int) []int {
	return append([]int{pid}, procfs.Descendants(pid)...)
}

// IsRunning reports whether there is a process with this ID.
func IsRunning(pid int) bool { return len(statOf(pid)) > 0 }

// statOf returns the fields after the name of a process: its state is the first one.
func statOf(pid int) []string {
	stat, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	return strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:]))
}
