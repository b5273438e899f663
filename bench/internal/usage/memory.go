package usage

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
)

// ResidentMemory is how much of a process is in memory, in MB of 1024 * 1024 bytes.
func ResidentMemory(ctx context.Context, pid int) (float64, error) {
	if status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid)); err == nil {
		_, after, _ := strings.Cut(string(status), "VmRSS:")
		return kilobytes(after)
	}
	out, err := exec.CommandContext(ctx, "ps", "-o", "rss=", "-p", strconv.Itoa(pid)).Output()
	if err != nil {
		return 0, fmt.Errorf("ps does not show the process: %w", err)
	}
	return kilobytes(string(out))
}

// PeakMemory is the most of a process that has been in memory, in MB.
func PeakMemory(pid int) (float64, error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, err
	}
	_, after, _ := strings.Cut(string(status), "VmHWM:")
	return kilobytes(after)
}

func kilobytes(text string) (float64, error) {
	fields := strings.Fields(text)
	if len(fields) == 0 {
		return 0, fmt.Errorf("no number of kilobytes in %q", text)
	}
	size, err := strconv.ParseFloat(fields[0], 64)
	return size / 1024, err
}

// FamilyPeak adds up the most of a process and of each of its descendants that has been in memory, in MB. Processes
// that have ended are not counted.
func FamilyPeak(pid int) (float64, error) {
	sum, err := PeakMemory(pid)
	for _, child := range FamilyOf(pid)[1:] {
		if one, err := PeakMemory(child); err == nil {
			sum += one
		}
	}
	return sum, err
}

// FamilyResident adds up how much of a process and of its descendants is in memory, in MB.
func FamilyResident(ctx context.Context, pid int) (float64, error) {
	sum, err := ResidentMemory(ctx, pid)
	for _, child := range FamilyOf(pid)[1:] {
		if one, err := ResidentMemory(ctx, child); err == nil {
			sum += one
		}
	}
	return sum, err
}
