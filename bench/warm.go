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

	"github.com/go-sparta/sparta/bench/randomevent"
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

func (s *session) warmSizes() []warmSize {
	return []warmSize{
		{name: "1 KB", bytes: 1 << 10, rounds: s.pick(60, 12), burst: 50, handler: 0.8},
		{
			name: "100 KB", bytes: 100 << 10, rounds: s.pick(60, 12), burst: 10,
			handler: 0.15, rawMessage: 0.45, bootstrap: 0.45,
		},
		{
			name: "5 MB", bytes: 5_000_000, rounds: s.pick(41, 7), burst: 1,
			handler: 0.07, rawMessage: 0.30, bootstrap: 0.45,
		},
	}
}

// warm measures how long running functions take to answer with their event.
func warm(ctx context.Context, s *session) error {
	functions, err := s.warmFunctions(ctx)
	if err != nil {
		return err
	}
	json := s.jsonModule(ctx)
	for _, kind := range randomevent.Kinds() {
		for _, size := range s.warmSizes() {
			if s.client != embedded {
				size.bootstrap = 0 // the bound is for the embedded client: see docs/benchmarks.md
			}
			if err := s.warmRace(ctx, functions, json, kind, size); err != nil {
				return fmt.Errorf("%s, %s of %s: %w", json, size.name, kind.Name, err)
			}
		}
	}
	return nil
}

// warmFunctions returns a Python echo, Go echoes by a lambda.Handler and by functions of json.RawMessage and of any,
// and the second of them as an ordinary executable, in the order of warmNames.
func (s *session) warmFunctions(ctx context.Context) ([]lambdaruntime.Options, error) {
	bare, err := s.bare()
	if err != nil {
		return nil, err
	}
	functions := []lambdaruntime.Options{{Dir: bare, Handler: "index.handler"}}
	for _, app := range []string{"echohandler", "echorawmessage", "echoany"} {
		stage, err := s.module.build(ctx, app)
		if err != nil {
			return nil, err
		}
		functions = append(functions, lambdaruntime.Options{Dir: stage, Handler: "index.handler"})
	}
	executable, err := s.executable(ctx, "echorawmessage")
	return append(functions, lambdaruntime.Options{
		Dir: functions[2].Dir, Handler: "bootstrap", Command: []string{executable},
	}), err
}

// executable builds an application as an ordinary bootstrap.
func (s *session) executable(ctx context.Context, app string) (string, error) {
	path := filepath.Join(s.scratch, app+"-bootstrap.exe") // the suffix matters on Windows alone
	_, err := s.module.output(ctx, s.module.dir, "go", "build", "-trimpath", "-ldflags=-s -w",
		"-tags=lambda.norpc", "-o", path, "./"+app)
	return path, err
}

var warmNames = []string{"Python", "lambda.Handler", "RawMessage", "any", "bootstrap"}

func (s *session) warmRace(
	ctx context.Context, functions []lambdaruntime.Options, json string, kind randomevent.Kind, size warmSize,
) error {
	event, err := kind.Event(size.bytes)
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
		if err := checkEcho(ctx, p, event, c.name == "lambda.Handler"); err != nil {
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
	python, handler, rawMessage, anything, bootstrap := racers[0], racers[1], racers[2], racers[3], racers[4]
	turns[0].name = python.name
	what := fmt.Sprintf(" echo, %s of %s, %s", size.name, kind.Name, json)
	s.add("warm", handler.name+what, handler.against(python, size.handler))
	if size.bytes < 100<<10 { // for larger events it makes no difference
		s.add("warm", handler.name+what+", from event to event", turns[1].against(&turns[0], 0))
	}
	s.add("warm", rawMessage.name+what, rawMessage.against(python, size.rawMessage))
	s.add("warm", rawMessage.name+what, rawMessage.against(bootstrap, size.bootstrap))
	s.add("warm", anything.name+what, anything.against(python, 0))
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
