package gosource

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"

	"github.com/go-sparta/sparta/internal/process"
)

func packageError(pos, message string) error {
	text := strings.TrimSpace(message)
	if pos != "" && !strings.HasPrefix(text, pos) {
		text = pos + ": " + text
	}
	return WithAdvice(text)
}

// CommandError replaces an error such as "exit status 1" by the go command's message.
func CommandError(ctx context.Context, err error, stderr string) error {
	if err = process.Explain(ctx, err); process.IsInterrupted(err) {
		return err
	}
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
	case strings.Contains(text, "creating work dir"):
		return fmt.Errorf("%s\nthe go command writes to the folder for temporary files: make it, or set TMPDIR to one "+
			"that you may write to", text)
	case strings.Contains(text, "module cache not found"), strings.Contains(text, "GOCACHE is not defined"):
		return fmt.Errorf("%s\nthe go command keeps modules and compiled packages in the home folder: set HOME, or "+
			"GOPATH and GOCACHE", text)
	case strings.Contains(text, "invalid package directory"):
		return fmt.Errorf("%s\nthe go command does not accept control characters in the path of a folder: rename it, "+
			"or build a copy elsewhere", text)
	case strings.Contains(text, "; GOTOOLCHAIN=local)"):
		return fmt.Errorf("%s\ninstall that version of Go, or set GOTOOLCHAIN=auto: the go command then fetches it",
			text)
	case strings.Contains(text, "expected 'package', found 'EOF'"):
		return fmt.Errorf("%s\nthe file has no code: remove it, or begin it with its package clause; an application "+
			"is `package main`, with a function main that calls lambda.Start(handler), or cgo.Main with Sparta "+
			"functions", text)
	case staleAdvice(text) != "":
		return fmt.Errorf("%s\nthis module replaces the original Sparta: %s", text, staleAdvice(text))
	case IsDamaged(text):
		return fmt.Errorf("%s\n%s", text, damagedAdvice)
	case strings.Contains(text, "import lookup disabled by -mod=vendor"):
		return fmt.Errorf("%s\nthe folder vendor lacks it: run `go mod tidy` and `go mod vendor`, or remove the folder",
			text)
	case strings.Contains(text, "module lookup disabled by GOPROXY=off"),
		strings.Contains(text, "dial tcp"),
		strings.Contains(text, "no such host"),
		strings.Contains(text, "connection refused"):
		return fmt.Errorf("%s\na module is not downloaded and cannot be fetched: connect to the network (or set "+
			"GOPROXY) and run `go mod download`", text)
	}
	return errors.New(text)
}

// staleAdvice returns what to import if a message is about a package of the original Sparta, or nothing.
func staleAdvice(text string) string {
	for _, path := range missingPackages(text) {
		if replacement, stale := successor(path); stale {
			return insteadOf(path, replacement)
		}
	}
	return ""
}

// missingPackages returns the import paths that follow one of these phrases of the go command.
func missingPackages(text string) []string {
	var paths []string
	for _, phrase := range []string{
		"no required module provides package ", "cannot find module providing package ", "does not contain package ",
	} {
		for _, rest := range strings.Split(text, phrase)[1:] {
			if end := strings.IndexAny(rest, " \t\r\n:;"); end >= 0 {
				rest = rest[:end]
			}
			paths = append(paths, rest)
		}
	}
	return paths
}
