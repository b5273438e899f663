package functions

import (
	"context"
	"fmt"
	"time"

	"github.com/go-sparta/sparta/bench/internal/callers"
	"github.com/go-sparta/sparta/bench/internal/measure"
	"github.com/go-sparta/sparta/bench/internal/report"
	"github.com/go-sparta/sparta/bench/internal/session"
	"github.com/go-sparta/sparta/bench/internal/usage"
	"github.com/go-sparta/sparta/internal/lambdaruntime"
)

// maxTurnaround is the bound of the time between answers of 16 environments at once, as a multiple of a bootstrap's:
// 0.8 of its throughput.
const maxTurnaround = 1.25

// Throughput measures environments that are invoked at the same time: the time from one answer to the next, which is
// the inverse of invocations per second, and the processor time of an invocation.
func Throughput(ctx context.Context, s *session.Session) error {
	functions, err := eventFunctions(ctx, s, "http")
	if err != nil {
		return err
	}
	event, err := eventType{handler: "http", bytes: 2 << 10}.newEvent()
	if err != nil {
		return err
	}
	for _, environments := range []int{1, 4, 16} {
		limit := 0.0
		if environments == 16 {
			limit = maxTurnaround
		}
		if err := throughputRace(ctx, s, functions, event, environments, limit); err != nil {
			return fmt.Errorf("%d environments: %w", environments, err)
		}
	}
	return nil
}

func throughputRace(
	ctx context.Context, s *session.Session, functions []function, event []byte, environments int, limit float64,
) error {
	times := s.Pick(1600, 320)
	var racers []*measure.Contender
	for _, one := range functions {
		many, pids, err := atOnce(ctx, s, one.Options, event, environments)
		if err != nil {
			return err
		}
		defer many.Close()
		burst := many.Burst(times)
		racers = append(racers, &measure.Contender{
			Name: one.name,
			Each: times,
			Run: func(ctx context.Context) (time.Duration, error) {
				took, err := burst(ctx)
				return took / time.Duration(times), err
			},
			Usage: func() (sum time.Duration) {
				for _, pid := range pids {
					sum += usage.ProcessorTime(pid)
				}
				return sum
			},
			Memory: func() (sum float64, err error) {
				for _, pid := range pids {
					one, err := usage.FamilyPeak(pid)
					if err != nil {
						return 0, err
					}
					sum += one
				}
				return sum, nil
			},
		})
	}
	if err := measure.WarmUp(ctx, 1, racers...); err != nil {
		return err
	}
	if err := measure.Race(ctx, s.Pick(15, 5), racers...); err != nil {
		return err
	}
	python, ours, bootstrap := racers[0], racers[1], racers[2]
	what := fmt.Sprintf("%d at once, APIGatewayV2HTTPRequest of 2 KB, time between answers", environments)
	s.Add("throughput", what, perSecond(report.Compare(ours, python, 0), ours, python))
	s.Add("throughput", what, perSecond(report.Compare(ours, bootstrap, limit), ours, bootstrap))
	cpu := fmt.Sprintf("%d at once, APIGatewayV2HTTPRequest of 2 KB, processor time of an invocation", environments)
	s.Add("throughput", cpu, report.CompareCPU(ours, python, 0))
	s.Add("throughput", cpu, report.CompareCPU(ours, bootstrap, 0))
	return nil
}

// perSecond shows how many invocations a second each side has answered.
func perSecond(row report.Row, ours, peer *measure.Contender) report.Row {
	rate := func(c *measure.Contender) string { return fmt.Sprintf("%.0f/s", 1/c.Median().Seconds()) }
	row.Figure, row.Peer = rate(ours), rate(peer)+" "+peer.Name
	return row
}

// atOnce starts environments of a function, each with a caller.
func atOnce(
	ctx context.Context, s *session.Session, o lambdaruntime.Options, event []byte, environments int,
) (*callers.Callers, []int, error) {
	many := new(callers.Callers)
	var pids []int
	for range environments {
		p, err := s.Start(ctx, o)
		if err != nil {
			many.Close()
			return nil, nil, err
		}
		pid, _ := p.PID()
		pids = append(pids, pid)
		many.Add(func(ctx context.Context) error {
			_, err := session.Invoke(ctx, p, event)
			return err
		}, p)
	}
	return many, pids, nil
}
