package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"time"

	"github.com/go-sparta/sparta/internal/lambdaruntime"
)

// warmSize is a size of events with its bounds, as multiples of a Python echo's time.
type warmSize struct {
	name       string
	bytes      int
	rounds     int
	burst      int // invocations in a row before the next contender's turn
	raw, typed float64
	bootstrap  float64 // typed's, as a multiple of an ordinary bootstrap's time
}

func (s *session) warmSizes() []warmSize {
	return []warmSize{
		{name: "1 KB", bytes: 1 << 10, rounds: s.pick(60, 12), burst: 50, raw: 0.8},
		{name: "100 KB", bytes: 100 << 10, rounds: s.pick(60, 12), burst: 10, raw: 0.15, typed: 0.45, bootstrap: 0.45},
		{name: "5 MB", bytes: 5_000_000, rounds: s.pick(41, 7), burst: 1, raw: 0.07, typed: 0.30, bootstrap: 0.45},
	}
}

// warm measures how long running functions take to answer with their event.
func warm(ctx context.Context, s *session) error {
	functions, err := s.warmFunctions(ctx)
	if err != nil {
		return err
	}
	json := s.jsonModule(ctx)
	for _, kind := range eventKinds() {
		for _, size := range s.warmSizes() {
			if s.client != embedded {
				size.bootstrap = 0 // the bound is for the embedded client: see docs/benchmarks.md
			}
			if err := s.warmRace(ctx, functions, json, kind, size); err != nil {
				return fmt.Errorf("%s, %s of %s: %w", json, size.name, kind.name, err)
			}
		}
	}
	return nil
}

// warmFunctions returns a pure Python echo, Go echoes of bytes, of json.RawMessage and of decoded values, and
// the second of them as an ordinary executable, in the order of warmNames.
func (s *session) warmFunctions(ctx context.Context) ([]lambdaruntime.Options, error) {
	bare, err := s.bare()
	if err != nil {
		return nil, err
	}
	raw, err := s.module.build(ctx, "echoraw")
	if err != nil {
		return nil, err
	}
	typed, err := s.module.build(ctx, "echotyped")
	if err != nil {
		return nil, err
	}
	decoded, err := s.module.build(ctx, "echodecoded")
	if err != nil {
		return nil, err
	}
	executable := filepath.Join(s.scratch, "bootstrap.exe") // the suffix matters on Windows alone
	if _, err := s.module.output(ctx, s.module.dir, "go", "build", "-trimpath", "-ldflags=-s -w",
		"-tags=lambda.norpc", "-o", executable, "./echotyped"); err != nil {
		return nil, err
	}
	return []lambdaruntime.Options{
		{Dir: bare, Handler: "index.handler"},
		{Dir: raw, Handler: "index.handler"},
		{Dir: typed, Handler: "index.handler"},
		{Dir: decoded, Handler: "index.handler"},
		{Dir: typed, Handler: "bootstrap", Command: []string{executable}},
	}, nil
}

var warmNames = []string{"Python", "raw", "typed", "decoded", "bootstrap"}

func (s *session) warmRace(
	ctx context.Context, functions []lambdaruntime.Options, json string, kind eventKind, size warmSize,
) error {
	event, err := kind.newEvent(size.bytes)
	if err != nil {
		return err
	}
	racers := make([]*contender, len(functions))
	turns := make([]contender, len(functions)) // with the time between two events
	for i, o := range functions {
		p, err := s.start(ctx, o)
		if err != nil {
			return err
		}
		defer p.Close()
		c := &contender{name: warmNames[i]}
		if err := checkEcho(ctx, p, event, c.name == "raw"); err != nil {
			return fmt.Errorf("%s: %w", c.name, err)
		}
		c.run = burst(p, event, size.burst, &turns[i])
		racers[i] = c
	}
	// Afterwards, Python's and Go's memory has its final size.
	if err := race(ctx, max(3, size.rounds/10), racers...); err != nil {
		return err
	}
	for i, c := range racers {
		c.times, turns[i].times = nil, nil
	}
	if err := race(ctx, size.rounds, racers...); err != nil {
		return err
	}
	python, raw, typed, decoded, bootstrap := racers[0], racers[1], racers[2], racers[3], racers[4]
	turns[0].name = python.name
	what := fmt.Sprintf(" echo, %s of %s, %s", size.name, kind.name, json)
	s.add("warm", "raw"+what, raw.against(python, size.raw))
	if size.bytes < 100<<10 { // for larger events it makes no difference
		s.add("warm", "raw"+what+", from event to event", turns[1].against(&turns[0], 0))
	}
	s.add("warm", "typed"+what, typed.against(python, size.typed))
	s.add("warm", "typed"+what, typed.against(bootstrap, size.bootstrap))
	s.add("warm", "decoded"+what, decoded.against(python, 0))
	return nil
}

// burst returns a function that invokes a few times in a row and returns the mean time of one invocation, from handing
// the event over to having the answer, which is what Lambda bills. It adds the time from one event to the next to
// turn's; half of that is the exchange with the Runtime API between them.
func burst(
	p *lambdaruntime.Process, event []byte, times int, turn *contender,
) func(context.Context) (time.Duration, error) {
	return func(ctx context.Context) (time.Duration, error) {
		var durations time.Duration
		start := time.Now()
		for range times {
			response, err := invoke(ctx, p, event)
			if err != nil {
				return 0, err
			}
			durations += response.Duration
		}
		turn.times = append(turn.times, time.Since(start)/time.Duration(times))
		return durations / time.Duration(times), nil
	}
}

// checkEcho expects the event back: the same bytes, or the same JSON.
func checkEcho(ctx context.Context, p *lambdaruntime.Process, event []byte, exactly bool) error {
	response, err := invoke(ctx, p, event)
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
