package functions

import (
	"context"
	"os"
	"path/filepath"

	"github.com/go-sparta/sparta/bench/internal/measure"
	"github.com/go-sparta/sparta/bench/internal/report"
	"github.com/go-sparta/sparta/bench/internal/session"
	"github.com/go-sparta/sparta/internal/lambdaruntime"
)

// Edge measures a function for edge locations, examples/edgeexisting, beside a Python handler that does the same: the
// zip, the start, and answers of processes that run already.
func Edge(ctx context.Context, s *session.Session) error {
	stage, err := s.Stage(ctx, "edge")
	if err != nil {
		return err
	}
	zip, err := os.Stat(filepath.Join(s.Module.Dir, "edge", ".sparta", "edge.zip"))
	if err != nil {
		return err
	}
	const limit = 3 // MB
	s.Add("edge", "zip of an origin-request function", megabytes(float64(zip.Size())/(1<<20), limit))
	python := filepath.Join(s.Module.Root, "bench", "internal", "functions", "edge")
	event, err := os.ReadFile(filepath.Join(python, "event.json"))
	if err != nil {
		return err
	}
	ours := lambdaruntime.Options{Dir: stage, Handler: "index.handler", Python: s.Python}
	theirs := lambdaruntime.Options{Dir: python, Handler: "index.handler", Python: s.Python}
	module := s.JSONModule(ctx)
	if err := edgeCold(ctx, s, ours, theirs, event, module); err != nil {
		return err
	}
	return edgeWarm(ctx, s, ours, theirs, event, module)
}

func edgeCold(
	ctx context.Context, s *session.Session, ours, theirs lambdaruntime.Options, event []byte, module string,
) error {
	function, peer := coldStart(s, "Go", ours, event), coldStart(s, "Python", theirs, event)
	if err := measure.WarmUp(ctx, 2, function, peer); err != nil { // reads the files into memory
		return err
	}
	if err := measure.Race(ctx, s.Pick(101, 15), function, peer); err != nil {
		return err
	}
	s.Add("edge", "origin-request, spawn to first response, "+module, report.Compare(function, peer, 0))
	return nil
}

func edgeWarm(
	ctx context.Context, s *session.Session, ours, theirs lambdaruntime.Options, event []byte, module string,
) error {
	racers, end, err := contenders(ctx, s, []function{{"Go", ours}, {"Python", theirs}}, event, 1)
	defer end()
	if err != nil {
		return err
	}
	if err := measure.Race(ctx, s.Pick(600, 60), racers...); err != nil {
		return err
	}
	s.Add("edge", "origin-request, warm, "+module, report.Compare(racers[0], racers[1], 0))
	return nil
}
