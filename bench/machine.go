package main

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"strings"
	"time"
)

// describe returns a line about the machine and the versions that the figures are for.
func (s *session) describe(ctx context.Context) (string, error) {
	// The applications' Go, which need not be the one that this program was compiled with.
	toolchain, err := s.module.output(ctx, s.module.dir, "go", "env", "GOVERSION", "GOEXPERIMENT")
	if err != nil {
		return "", err
	}
	parts := []string{
		time.Now().UTC().Format(time.DateOnly),
		runtime.GOOS + "/" + runtime.GOARCH,
		fmt.Sprintf("%d CPUs", runtime.NumCPU()),
	}
	if model := firstOf("/proc/cpuinfo", "model name"); model != "" {
		parts = append(parts, model)
	}
	parts = append(parts, strings.Join(strings.Fields(toolchain), " with "), "Python "+s.python.Version,
		describeClient(s.client, s.python))
	if load, err := os.ReadFile("/proc/loadavg"); err == nil {
		if fields := strings.Fields(string(load)); len(fields) > 1 {
			parts = append(parts, "load "+fields[1]+" over the last 5 minutes")
		}
	}
	return strings.Join(parts, ", "), nil
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
