package main

import (
	"context"
	"runtime"
	"strings"
)

// noContainer returns why this machine cannot build in a container, or "" if it can.
func (s *session) noContainer(ctx context.Context) string {
	if runtime.GOOS != "linux" {
		return "a library that is built in a container is for Linux"
	}
	if _, err := s.module.mage(ctx, "hello", "docker", "cgo:build"); err != nil {
		s.say("no container build: %v", err)
		lines := strings.Split(err.Error(), "\n")
		return lines[len(lines)-1]
	}
	return ""
}
