package session

import (
	"context"
	"strings"
	"time"

	"github.com/go-sparta/sparta/bench/internal/machine"
)

// Describe returns a line about the machine and the versions that the figures are for.
func (s *Session) Describe(ctx context.Context) (string, error) {
	release, err := s.Go(ctx)
	if err != nil {
		return "", err
	}
	parts := []string{
		time.Now().UTC().Format(time.DateOnly), machine.Describe(), release, "Python " + s.Python.Version,
		s.ClientName(),
	}
	return strings.Join(parts, ", "), nil
}

// Go is the release that the applications are built with, which need not be the one that this program was compiled
// with.
func (s *Session) Go(ctx context.Context) (string, error) {
	toolchain, err := s.Module.Output(ctx, s.Module.Dir, "go", "env", "GOVERSION", "GOEXPERIMENT")
	return strings.Join(strings.Fields(toolchain), " with "), err
}
