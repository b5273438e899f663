package tools

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"

	"github.com/go-sparta/sparta/bench/internal/report"
	"github.com/go-sparta/sparta/bench/internal/session"
)

// Bytes builds the same source twice on the host and once in a container and compares the zips.
func Bytes(ctx context.Context, s *session.Session) error {
	first, err := freshZip(ctx, s, "host")
	if err != nil {
		return err
	}
	second, err := freshZip(ctx, s, "host")
	if err != nil {
		return err
	}
	addSame(s, "two host builds", first, second)
	if reason := s.NoContainer(ctx); reason != "" {
		s.Add("bytes", "host and container build: "+reason, report.Row{Verdict: report.Skipped})
		return nil
	}
	// The container's compiler has a cache of its own and nothing of the host's.
	container, err := freshZip(ctx, s, "docker")
	if err != nil {
		return err
	}
	addSame(s, "host and container build", first, container)
	return nil
}

// addSame adds a row that passes if the hashes are equal.
func addSame(s *session.Session, what, one, other string) {
	r := report.Row{Figure: one[:12], Peer: other[:12], Verdict: report.Pass}
	if one != other {
		r.Verdict = report.Miss
	}
	s.Add("bytes", "SHA-256 of the zips of "+what, r)
}

// freshZip builds from a clean workspace and returns the zip's SHA-256 in hex.
func freshZip(ctx context.Context, s *session.Session, builder string) (string, error) {
	if _, err := s.Module.Mage(ctx, "hello", builder, "cgo:clean"); err != nil {
		return "", err
	}
	if _, err := s.Module.Mage(ctx, "hello", builder, "cgo:build"); err != nil {
		return "", err
	}
	content, err := os.ReadFile(filepath.Join(s.Module.Dir, "hello", ".sparta", "hello.zip"))
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:]), nil
}
