package functions

import (
	"context"
	"fmt"
	"regexp"
	"strconv"
	"time"

	"github.com/go-sparta/sparta/bench/internal/measure"
	"github.com/go-sparta/sparta/bench/internal/report"
	"github.com/go-sparta/sparta/bench/internal/session"
	"github.com/go-sparta/sparta/internal/lambdaruntime"
)

// The functions of Python's package snapshot_restore_py that register hooks.
const (
	beforeSnapshot = "register_before_snapshot"
	afterRestore   = "register_after_restore"
)

// hooks measures the hooks alone, as the runtime client calls them: ours is a call of the library, which calls the
// application's and does what the bridge does around a snapshot. The script that starts the client times them.
func hooks(ctx context.Context, s *session.Session, stage, python string) error {
	wrapper, err := writeProbe(s)
	if err != nil {
		return err
	}
	interpreter := s.Python
	interpreter.Path = wrapper
	contender := func(name, dir string) (before, after *measure.Contender) {
		o := lambdaruntime.Options{Dir: dir, Handler: "index.handler", Python: interpreter, SnapStart: true}
		after = &measure.Contender{Name: name}
		return &measure.Contender{Name: name, Run: func(ctx context.Context) (time.Duration, error) {
			_, _, written, err := restore(ctx, s, o)
			if err != nil {
				return 0, err
			}
			took, err := hookTimes(written)
			after.Times = append(after.Times, took[afterRestore])
			return took[beforeSnapshot], err
		}}, after
	}
	ours, oursAfter := contender("Go", stage)
	theirs, theirsAfter := contender("Python", python)
	if err := measure.WarmUp(ctx, 1, ours, theirs); err != nil {
		return err
	}
	oursAfter.Times, theirsAfter.Times = nil, nil
	if err := measure.Race(ctx, s.Pick(21, 5), ours, theirs); err != nil {
		return err
	}
	s.Add("snapstart", "the hook before the snapshot alone, simulated", report.Compare(ours, theirs, 0))
	s.Add("snapstart", "the hook after the restore alone, simulated", report.Compare(oursAfter, theirsAfter, 0))
	return nil
}

var hookLine = regexp.MustCompile(`(?m)^hook (\w+) (\d+)$`)

// hookTimes returns how long the hooks of each kind took, according to what the script has written.
func hookTimes(written string) (map[string]time.Duration, error) {
	took := map[string]time.Duration{}
	for _, found := range hookLine.FindAllStringSubmatch(written, -1) {
		ns, err := strconv.ParseInt(found[2], 10, 64)
		if err != nil {
			return nil, err
		}
		took[found[1]] += time.Duration(ns)
	}
	for _, kind := range []string{beforeSnapshot, afterRestore} {
		if took[kind] == 0 {
			return took, fmt.Errorf("the script has timed no hook of %s: %.500s", kind, written)
		}
	}
	return took, nil
}
