package functions

import (
	"context"
	"fmt"

	"github.com/go-sparta/sparta/bench/internal/measure"
	"github.com/go-sparta/sparta/bench/internal/randomevent"
	"github.com/go-sparta/sparta/bench/internal/report"
	"github.com/go-sparta/sparta/bench/internal/session"
	"github.com/go-sparta/sparta/internal/lambdaruntime"
)

// attempts is how often a ratio may be worse than its bound before that counts.
const attempts = 3

// ratio is a comparison of processor time. Its bound is well above the figures of docs/performance.md: it finds what
// has become much slower, and not what never was as fast as it should be.
type ratio struct {
	what       string
	ours, peer function
	event      []byte // empty means a cold start
	times      int    // invocations in a row
	bound      float64
}

// CI measures a few ratios of processor time in seconds, for machines that do other work as well. One is worse than its
// bound if it is in three quarters of the rounds, in each of three attempts.
func CI(ctx context.Context, s *session.Session) error {
	ratios, err := shortRatios(ctx, s)
	if err != nil {
		return err
	}
	for _, one := range ratios {
		var row report.Row
		for range attempts {
			if row, err = one.measure(ctx, s); err != nil {
				return fmt.Errorf("%s: %w", one.what, err)
			}
			if row.Verdict != report.Miss {
				break
			}
			s.Say("ci: %s is %.2f to %.2f times %s, over %.2f", one.what, row.Low, row.High, one.peer.name, one.bound)
		}
		s.Add("ci", one.what+", processor time", row)
	}
	return nil
}

func shortRatios(ctx context.Context, s *session.Session) ([]ratio, error) {
	functions, err := echoes(ctx, s)
	if err != nil {
		return nil, err
	}
	hello, err := s.Stage(ctx, "hello")
	if err != nil {
		return nil, err
	}
	typed, err := eventFunctions(ctx, s, "proxy")
	if err != nil {
		return nil, err
	}
	event, err := randomevent.Items().Event(100 << 10)
	if err != nil {
		return nil, err
	}
	request, err := eventType{handler: "proxy", bytes: 40 << 10}.newEvent()
	if err != nil {
		return nil, err
	}
	python, handler, rawMessage, bootstrap := functions[0], functions[1], functions[2], functions[4]
	start := function{"hello", lambdaruntime.Options{Dir: hello, Handler: "index.HelloWorld"}}
	return []ratio{
		{"hello, cold start", start, python, nil, 1, 1.40},
		{"lambda.Handler echo of 100 KB", handler, python, event, 10, 0.12},
		{"RawMessage echo of 100 KB", rawMessage, python, event, 10, 0.25},
		{"RawMessage echo of 100 KB", rawMessage, bootstrap, event, 10, 0.45},
		{"APIGatewayProxyRequest of 40 KB", typed[1], typed[0], request, 20, 0.75},
	}, nil
}

// measure runs a race of both sides.
func (r ratio) measure(ctx context.Context, s *session.Session) (report.Row, error) {
	var racers []*measure.Contender
	for _, side := range []function{r.ours, r.peer} {
		if len(r.event) == 0 {
			racers = append(racers, coldStart(s, side.name, side.Options, []byte(`{"name":"Ada"}`)))
			continue
		}
		p, err := s.Start(ctx, side.Options)
		if err != nil {
			return report.Row{}, err
		}
		defer p.Close()
		c := &measure.Contender{Name: side.name, Run: burst(p, r.event, r.times, &measure.Contender{}), Each: r.times}
		session.Watch(c, p)
		racers = append(racers, c)
	}
	if err := measure.WarmUp(ctx, 3, racers...); err != nil {
		return report.Row{}, err
	}
	if err := measure.Race(ctx, 15, racers...); err != nil {
		return report.Row{}, err
	}
	return judged(report.CompareCPU(racers[0], racers[1], r.bound)), nil
}

// judged judges a row by its first quartile: three quarters of the rounds are worse than the bound, or it passes.
func judged(row report.Row) report.Row {
	row.Verdict = report.Pass
	if row.Low > row.Bound || row.Low != row.Low { // also a value that is not a number
		row.Verdict = report.Miss
	}
	return row
}
