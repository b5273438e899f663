package session

import (
	"context"
	"runtime"
	"strings"
)

// NoContainer returns why this machine cannot build in a container, or "" if it can.
func (s *Session) NoContainer(ctx context.Context) string {
	if runtime.GOOS != "linux" {
		return "a library that is built in a container is for Linux"
	}
	if _, err := s.Module.Mage(ctx, "hello", "docker", "cgo:build"); err != nil {
		s.Say("no container build: %v", err)
		lines := strings.Split(err.Error(), "\n")
		return lines[len(lines)-1]
	}
	return ""
}
