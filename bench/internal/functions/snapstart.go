package functions

import (
	"context"
	"path/filepath"
	"time"

	"github.com/go-sparta/sparta/bench/internal/measure"
	"github.com/go-sparta/sparta/bench/internal/report"
	"github.com/go-sparta/sparta/bench/internal/session"
	"github.com/go-sparta/sparta/internal/lambdaruntime"
)

// SnapStart measures a function with hooks around its snapshot, beside the same in Python: the initialization with the
// first hooks, the time from the restore to the first answer, with the second ones, and the hooks alone. There is no
// snapshot: the process waits where Lambda takes it, and continues. What Lambda takes to bring memory back is not in
// these figures.
func SnapStart(ctx context.Context, s *session.Session) error {
	stage, err := s.Stage(ctx, "snapstart")
	if err != nil {
		return err
	}
	python := filepath.Join(s.Module.Root, "bench", "internal", "functions", "snapstart")
	ours, ourStart := restored(s, "Go", lambdaruntime.Options{Dir: stage, Handler: "index.handler"})
	theirs, theirStart := restored(s, "Python", lambdaruntime.Options{Dir: python, Handler: "index.handler"})
	cold := coldStart(s, "a cold start", lambdaruntime.Options{Dir: stage, Handler: "index.handler"}, []byte("{}"))
	if err := measure.WarmUp(ctx, 1, ours, theirs, cold); err != nil {
		return err
	}
	ourStart.Times, theirStart.Times = nil, nil
	if err := measure.Race(ctx, s.Pick(21, 5), ours, theirs, cold); err != nil {
		return err
	}
	s.Add("snapstart", "initialization, with the hook before the snapshot", report.Compare(ourStart, theirStart, 0))
	what := "from the restore to the first response, with the hook after it"
	s.Add("snapstart", what, report.Compare(ours, theirs, 0))
	s.Add("snapstart", what, report.Compare(ours, cold, 0))
	return hooks(ctx, s, stage, python)
}

// restored is a contender that takes from the restore to the first response. The other one collects how long
// initializations took.
func restored(s *session.Session, name string, o lambdaruntime.Options) (contender, start *measure.Contender) {
	start = &measure.Contender{Name: name}
	o.SnapStart = true
	return &measure.Contender{Name: name, Run: func(ctx context.Context) (time.Duration, error) {
		response, took, _, err := restore(ctx, s, o)
		if err != nil {
			return 0, err
		}
		start.Times = append(start.Times, response.InitDuration)
		return took, nil
	}}, start
}
