package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
)

// residentMemory is how much of a process is in memory, in MB of 1024 * 1024 bytes.
func residentMemory(ctx context.Context, pid int) (float64, error) {
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

func kilobytes(text string) (float64, error) {
	fields := strings.Fields(text)
	if len(fields) == 0 {
		return 0, fmt.Errorf("no number of kilobytes in %q", text)
	}
	size, err := strconv.ParseFloat(fields[0], 64)
	return size / 1024, err
}
