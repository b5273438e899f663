package tools

import (
	"context"
	"fmt"
	"path/filepath"
	"regexp"
	"strconv"

	"github.com/go-sparta/sparta/bench/internal/report"
	"github.com/go-sparta/sparta/bench/internal/session"
)

// firstPaint adds the time until a browser first paints the console. A test in another module measures it, so that this
// module does not depend on the driver of a browser. The test skips itself where there is no browser.
func firstPaint(ctx context.Context, s *session.Session) error {
	dir := filepath.Join(s.Module.Root, "internal", "explore", "browser")
	said, err := s.Module.Output(ctx, dir, "go", "test", "-run=^TestSpeed$", "-count=1", "-v", ".")
	if err != nil {
		return err
	}
	took := paintOf(said)
	if took == 0 {
		s.Missing("Chromium, so there is no row for the console's first paint")
		return nil
	}
	s.Add("explore", "first paint of the console, after its reload", report.Row{
		Figure: fmt.Sprintf("%d ms", took), Value: float64(took) / 1000, Unit: "s", Bound: 0.2, Runs: 9,
	})
	return nil
}

// paintOf returns the milliseconds that the log of TestSpeed names, or 0 if there are none.
func paintOf(said string) int {
	found := regexp.MustCompile(`first paint after (\d+) ms`).FindStringSubmatch(said)
	if found == nil {
		return 0
	}
	took, _ := strconv.Atoi(found[1])
	return took
}
