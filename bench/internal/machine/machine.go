// Package machine describes the machine that figures were measured on.
package machine

import (
	"fmt"
	"os"
	"runtime"
	"strings"
)

// Describe returns what the machine is: its system and its processors.
func Describe() string {
	parts := []string{runtime.GOOS + "/" + runtime.GOARCH, fmt.Sprintf("%d CPUs", runtime.NumCPU())}
	if model := firstOf("/proc/cpuinfo", "model name"); model != "" {
		parts = append(parts, model)
	}
	return strings.Join(parts, ", ")
}

// Load returns how many processes have been running or waiting for a processor in the last minute and in the last five,
// or "" if the system does not say.
func Load() string {
	load, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return ""
	}
	if fields := strings.Fields(string(load)); len(fields) > 1 {
		return fields[0] + " (1 min), " + fields[1] + " (5 min)"
	}
	return ""
}

// firstOf returns the first value of a name in a file of "name : value" lines, or "".
func firstOf(path, name string) string {
	content, err := os.ReadFile(path)
	if err != nil {
		return ""
	}
	for line := range strings.Lines(string(content)) {
		if key, value, found := strings.Cut(line, ":"); found && strings.TrimSpace(key) == name {
			return strings.TrimSpace(value)
		}
	}
	return ""
}

// Name is a short name of the machine for files, such as linux-amd64-2.
func Name() string { return fmt.Sprintf("%s-%s-%d", runtime.GOOS, runtime.GOARCH, runtime.NumCPU()) }
