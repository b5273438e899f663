package gosource

import (
	"errors"
	"fmt"
	"os/exec"
	"strings"
)

func packageError(pos, message string) error {
	text := strings.TrimSpace(message)
	if pos != "" && !strings.HasPrefix(text, pos) {
		text = pos + ": " + text
	}
	return WithAdvice(text)
}

// CommandError replaces an error such as "exit status 1" by the go command's message.
func CommandError(err error, stderr string) error {
	if errors.Is(err, exec.ErrNotFound) {
		return fmt.Errorf("%w: install Go (https://go.dev/dl)", err)
	}
	if text := strings.TrimSpace(stderr); text != "" {
		return WithAdvice(text)
	}
	return err
}

// WithAdvice adds advice to messages of the go command that lack it.
func WithAdvice(text string) error {
	switch {
	case strings.Contains(text, "(from $GOPATH)"):
		return fmt.Errorf("%s\nGO111MODULE=off leaves go.mod unread: unset it (go env -u GO111MODULE)", text)
	case strings.Contains(text, "go.mod file not found"):
		return errors.New("not in a Go module: run `go mod init github.com/me/shop` in the application's folder, " +
			"then `go mod tidy`")
	case strings.Contains(text, "no required module provides package github.com/mweagle/Sparta"):
		return fmt.Errorf("%s\nthis module replaces that one: import %s instead of github.com/mweagle/Sparta, and "+
			"%s/cgo instead of github.com/mweagle/Sparta/cgo", text, SpartaPath, ModulePath)
	case strings.Contains(text, "module lookup disabled by GOPROXY=off"),
		strings.Contains(text, "dial tcp"),
		strings.Contains(text, "no such host"),
		strings.Contains(text, "connection refused"):
		return fmt.Errorf("%s\na module is not downloaded and cannot be fetched: connect to the network (or set "+
			"GOPROXY) and run `go mod download`", text)
	}
	return errors.New(text)
}
