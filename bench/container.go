package main

import (
	"context"
	"runtime"
	"strings"
)

// noContainer says why this machine cannot build in a container, or nothing if it can.
func (s *session) noContainer(ctx context.Context) string {
	if runtime.GOOS != "linux" {
		return "a container's library is for Linux"
	}
	if _, err := s.module.mage(ctx, "hello", "docker", "cgo:build"); err != nil {
		s.say("no container build: %v", err)
		lines := strings.Split(err.Error(), "\n")
		return lines[len(lines)-1]
	}
	return ""
}
