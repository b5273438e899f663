package functions

import (
	"context"
	"fmt"

	"github.com/go-sparta/sparta/bench/internal/measure"
	"github.com/go-sparta/sparta/bench/internal/report"
	"github.com/go-sparta/sparta/bench/internal/session"
)

// Work measures handlers that take a while: what they do with 1 MB is the same in Python and in Go. Python's hashing
// and compressing are C.
func Work(ctx context.Context, s *session.Session) error {
	for _, one := range []struct{ what, handler string }{
		{"SHA-256 of 1 MB", "sha256"},
		{"gzip of 1 MB", "gzip"},
		{"1 MB of JSON decoded, changed and encoded", "transform"},
		{"a regular expression over 1 MB", "regexp"},
	} {
		functions, err := eventFunctions(ctx, s, one.handler)
		if err != nil {
			return err
		}
		if err := workRace(ctx, s, one.what, functions); err != nil {
			return fmt.Errorf("%s: %w", one.what, err)
		}
	}
	return nil
}

func workRace(ctx context.Context, s *session.Session, what string, functions []function) error {
	racers, end, err := contenders(ctx, s, functions, []byte(`{"times":1}`), 1)
	defer end()
	if err != nil {
		return err
	}
	if err := measure.WarmUp(ctx, 3, racers...); err != nil { // afterwards, memory has its final size
		return err
	}
	if err := measure.Race(ctx, s.Pick(40, 8), racers...); err != nil {
		return err
	}
	s.Add("work", what, report.Compare(racers[1], racers[0], 0))
	s.Add("work", what, report.Compare(racers[1], racers[2], 0))
	return nil
}
