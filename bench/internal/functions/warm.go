package functions

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"time"

	"github.com/go-sparta/sparta/bench/internal/measure"
	"github.com/go-sparta/sparta/bench/internal/peers"
	"github.com/go-sparta/sparta/bench/internal/randomevent"
	"github.com/go-sparta/sparta/bench/internal/report"
	"github.com/go-sparta/sparta/bench/internal/session"
	"github.com/go-sparta/sparta/internal/lambdaruntime"
)

// warmSize is a size of events with its bounds, as multiples of a Python echo's time.
type warmSize struct {
	name       string
	bytes      int
	rounds     int
	burst      int     // invocations in a row before the next contender's turn
	handler    float64 // of lambda.Handler
	rawMessage float64
	bootstrap  float64 // RawMessage's, as a multiple of an ordinary bootstrap's time
}

// anyBound is that of an echo of any, which decodes and encodes all of its event, at each size.
const anyBound = 1.0

// warmSizes are the sizes of events of each kind. The bounds beside a bootstrap are for the embedded client, but for
// that of 1 KB, which is for AWS's: see docs/benchmarks.md.
func warmSizes(o session.Options) []warmSize {
	sizes := []warmSize{
		{name: "1 KB", bytes: 1 << 10, rounds: o.Pick(60, 12), burst: 50, handler: 0.8},
		{
			name: "100 KB", bytes: 100 << 10, rounds: o.Pick(60, 12), burst: 10,
			handler: 0.15, rawMessage: 0.45, bootstrap: 0.45,
		},
		{
			name: "5 MB", bytes: 5_000_000, rounds: o.Pick(41, 7), burst: 1,
			handler: 0.07, rawMessage: 0.30, bootstrap: 0.45,
		},
	}
	if o.Client != session.Embedded {
		for i := range sizes {
			sizes[i].bootstrap = 0
		}
		sizes[0].handler, sizes[0].bootstrap = 0.6, 1.3
	}
	return sizes
}

// smallest is the size of events that have no room for a record.
func smallest(o session.Options) warmSize {
	return warmSize{name: "128 B", bytes: 128, rounds: o.Pick(60, 12), burst: 50}
}

// Warm measures how long running functions take to answer with their event.
func Warm(ctx context.Context, s *session.Session) error {
	functions, others, err := warmFunctions(ctx, s)
	if err != nil {
		return err
	}
	json := s.JSONModule(ctx)
	if err := warmRace(ctx, s, functions, json, randomevent.Text(), smallest(s.Options)); err != nil {
		return fmt.Errorf("%s, 128 B: %w", json, err)
	}
	for _, kind := range randomevent.Kinds() {
		for _, size := range warmSizes(s.Options) {
			racers := functions
			if kind.Name == "items" && size.bytes <= 100<<10 {
				racers = append(functions[:len(functions):len(functions)], others...)
			}
			if err := warmRace(ctx, s, racers, json, kind, size); err != nil {
				return fmt.Errorf("%s, %s of %s: %w", json, size.name, kind.Name, err)
			}
		}
	}
	return nil
}

// function is one that takes part in a race, with the name of its side.
type function struct {
	name string
	lambdaruntime.Options
}

// warmFunctions returns the echoes, and those of the other peers.
func warmFunctions(ctx context.Context, s *session.Session) (functions, others []function, err error) {
	if functions, err = echoes(ctx, s); err != nil {
		return nil, nil, err
	}
	if others, err = otherPeers(ctx, s, "echo"); err != nil {
		return nil, nil, err
	}
	alone, err := peers.ClientAlone(s)
	return functions, append(others, function{alone.Name, alone.Options}), err
}

// echoes returns a Python echo, Go echoes by a lambda.Handler and by functions of json.RawMessage and of any, and the
// second of them as an ordinary executable.
func echoes(ctx context.Context, s *session.Session) ([]function, error) {
	bare, err := s.Bare()
	if err != nil {
		return nil, err
	}
	functions := []function{{"Python", lambdaruntime.Options{Dir: bare, Handler: "index.handler"}}}
	for _, app := range []struct{ folder, name string }{
		{"echohandler", "lambda.Handler"}, {"echorawmessage", "RawMessage"}, {"echoany", "any"},
	} {
		stage, err := s.Stage(ctx, app.folder)
		if err != nil {
			return nil, err
		}
		functions = append(functions, function{app.name, lambdaruntime.Options{Dir: stage, Handler: "index.handler"}})
	}
	executable, err := s.Executable(ctx, "echorawmessage")
	return append(functions, function{"bootstrap", lambdaruntime.Options{
		Dir: bare, Handler: "bootstrap", Command: []string{executable},
	}}), err
}

// otherPeers returns what people use instead, with a handler of bench/apps/work.
func otherPeers(ctx context.Context, s *session.Session, handler string) ([]function, error) {
	all, err := peers.For(ctx, s, handler)
	return functionsOf(all), err
}

func functionsOf(all []peers.Peer) (functions []function) {
	for _, one := range all {
		functions = append(functions, function{one.Name, one.Options})
	}
	return functions
}

func warmRace(
	ctx context.Context, s *session.Session, functions []function, json string, kind randomevent.Kind, size warmSize,
) error {
	event, err := kind.Event(size.bytes)
	if err != nil {
		return err
	}
	racers := make([]*measure.Contender, len(functions))
	turns := make([]measure.Contender, len(functions)) // with the time between two events
	for i, o := range functions {
		p, err := s.Start(ctx, o.Options)
		if err != nil {
			return err
		}
		defer p.Close()
		if err := checkEcho(ctx, p, event, o.name == "lambda.Handler"); err != nil {
			return fmt.Errorf("%s: %w", o.name, err)
		}
		times := size.burst
		if o.name == peers.Each { // it takes far longer than the others
			times = max(1, size.burst/10)
		}
		racers[i] = &measure.Contender{Name: o.name, Run: burst(p, event, times, &turns[i]), Each: times}
		session.Watch(racers[i], p)
	}
	// Afterwards, Python's and Go's memory has its final size.
	if err := measure.WarmUp(ctx, max(3, size.rounds/10), racers...); err != nil {
		return err
	}
	for i := range turns {
		turns[i].Times = nil
	}
	if err := measure.Race(ctx, size.rounds, racers...); err != nil {
		return err
	}
	python, handler, rawMessage, anything, bootstrap := racers[0], racers[1], racers[2], racers[3], racers[4]
	turns[0].Name = python.Name
	what := fmt.Sprintf(" echo, %s of %s, %s", size.name, kind.Name, json)
	s.Add("warm", handler.Name+what, report.Compare(handler, python, size.handler))
	if size.bytes < 100<<10 { // for larger events it makes no difference
		s.Add("warm", handler.Name+what+", from event to event", report.Compare(&turns[1], &turns[0], 0))
	}
	s.Add("warm", rawMessage.Name+what, report.Compare(rawMessage, python, size.rawMessage))
	s.Add("warm", rawMessage.Name+what, report.Compare(rawMessage, bootstrap, size.bootstrap))
	for _, other := range racers[5:] {
		if other.Name == peers.Client {
			s.Add("warm", handler.Name+what, report.Compare(handler, other, 0))
			s.Add("warm", other.Name+what, report.Compare(other, python, 0))
			s.Add("warm", other.Name+what, report.Compare(other, bootstrap, 0))
			continue
		}
		s.Add("warm", rawMessage.Name+what, report.Compare(rawMessage, other, 0))
	}
	s.Add("warm", anything.Name+what, report.Compare(anything, python, anyBound))
	return nil
}

// burst returns a function that invokes a few times in a row and returns the mean time of one invocation, from handing
// the event over to having the answer, which is what Lambda bills. It adds the time from one event to the next to
// turn's; half of that is the exchange with the Runtime API between them.
func burst(
	p *lambdaruntime.Process, event []byte, times int, turn *measure.Contender,
) func(context.Context) (time.Duration, error) {
	return func(ctx context.Context) (time.Duration, error) {
		var durations time.Duration
		start := time.Now()
		for range times {
			response, err := session.Invoke(ctx, p, event)
			if err != nil {
				return 0, err
			}
			durations += response.Duration
		}
		turn.Times = append(turn.Times, time.Since(start)/time.Duration(times))
		return durations / time.Duration(times), nil
	}
}

// checkEcho expects the event back: the same bytes, or the same JSON.
func checkEcho(ctx context.Context, p *lambdaruntime.Process, event []byte, exactly bool) error {
	response, err := session.Invoke(ctx, p, event)
	if err != nil {
		return err
	}
	answer := response.Payload
	if exactly {
		if !bytes.Equal(answer, event) {
			return errors.New("the answer is not the event")
		}
		return nil
	}
	var got, want any
	if err := errors.Join(json.Unmarshal(answer, &got), json.Unmarshal(event, &want)); err != nil {
		return err
	}
	if !reflect.DeepEqual(got, want) {
		return errors.New("the answer is not the event")
	}
	return nil
}
