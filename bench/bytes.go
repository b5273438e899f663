package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
)

// sameBytes builds the same source twice on the host and once in a container and compares the zips.
func sameBytes(ctx context.Context, s *session) error {
	first, err := s.freshZip(ctx, "host")
	if err != nil {
		return err
	}
	second, err := s.freshZip(ctx, "host")
	if err != nil {
		return err
	}
	s.addSame("two host builds", first, second)
	if reason := s.noContainer(ctx); reason != "" {
		s.add("bytes", "host and container build: "+reason, row{Verdict: skipped})
		return nil
	}
	// The container's compiler has a cache of its own and nothing of the host's.
	container, err := s.freshZip(ctx, "docker")
	if err != nil {
		return err
	}
	s.addSame("host and container build", first, container)
	return nil
}

// addSame adds a row that passes if the hashes are equal.
func (s *session) addSame(what, one, other string) {
	r := row{Figure: one[:12], Peer: other[:12], Verdict: pass}
	if one != other {
		r.Verdict = miss
	}
	s.add("bytes", "SHA-256 of the zips of "+what, r)
}

// freshZip builds from a clean workspace and returns the zip's SHA-256 in hex.
func (s *session) freshZip(ctx context.Context, builder string) (string, error) {
	if _, err := s.module.mage(ctx, "hello", builder, "cgo:clean"); err != nil {
		return "", err
	}
	if _, err := s.module.mage(ctx, "hello", builder, "cgo:build"); err != nil {
		return "", err
	}
	content, err := os.ReadFile(filepath.Join(s.module.dir, "hello", ".sparta", "hello.zip"))
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:]), nil
}
