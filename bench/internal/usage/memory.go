package usage

import (
	"context"
	"fmt"
	"os/exec"
	"strconv"
	"strings"

	"github.com/go-sparta/sparta/internal/procfs"
)

// ResidentMemory is how much of a process is in memory, in MB of 1024 * 1024 bytes.
func ResidentMemory(ctx context.Context, pid int) (float64, error) {
	if now, _ := procfs.Memory(pid); now > 0 {
		return megabytes(now), nil
	}
	out, err := exec.CommandContext(ctx, "ps", "-o", "rss=", "-p", strconv.Itoa(pid)).Output()
	if err != nil {
		return 0, fmt.Errorf("ps does not show the process: %w", err)
	}
	kilobytes, err := strconv.ParseInt(strings.TrimSpace(string(out)), 10, 64)
	return megabytes(kilobytes << 10), err
}

// PeakMemory is the most of a process that has been in memory, in MB.
func PeakMemory(pid int) (float64, error) {
	_, peak := procfs.Memory(pid)
	if peak == 0 {
		return 0, fmt.Errorf("the memory of process %d is unknown", pid)
	}
	return megabytes(peak), nil
}

func megabytes(size int64) float64 { return float64(size) / (1 << 20) }

// FamilyPeak adds up the most of a process and of each of its descendants that has been in memory, in MB. Processes
// that have ended are not counted.
func FamilyPeak(pid int) (float64, error) {
	sum, err := PeakMemory(pid)
	for _, child := range procfs.Descendants(pid) {
		if one, err := PeakMemory(child); err == nil {
			sum += one
		}
	}
	return sum, err
}

// FamilyResident adds up how much of a process and of its descendants is in memory, in MB.
func FamilyResident(ctx context.Context, pid int) (float64, error) {
	sum, err := ResidentMemory(ctx, pid)
	for _, child := range procfs.Descendants(pid) {
		if one, err := ResidentMemory(ctx, child); err == nil {
			sum += one
		}
	}
	return sum, err
}
