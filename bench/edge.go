package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"time"

	"github.com/go-sparta/sparta/internal/lambdaruntime"
)

// edge measures a function for edge locations, examples/edgeexisting, beside a Python handler that does the same: the
// zip, the start, and answers of processes that run already.
func edge(ctx context.Context, s *session) error {
	stage, err := s.module.build(ctx, "edge")
	if err != nil {
		return err
	}
	zip, err := os.Stat(filepath.Join(s.module.dir, "edge", ".sparta", "edge.zip"))
	if err != nil {
		return err
	}
	const limit = 3 // MB
	size := float64(zip.Size()) / (1 << 20)
	s.add("edge", "zip of an origin-request function", row{
		Figure: fmt.Sprintf("%.2f MB", size), Value: size, Unit: "MB", Bound: limit,
	})
	python := filepath.Join(s.module.root, "bench", "edge")
	event, err := os.ReadFile(filepath.Join(python, "event.json"))
	if err != nil {
		return err
	}
	ours := lambdaruntime.Options{Dir: stage, Handler: "index.handler", Python: s.python}
	theirs := lambdaruntime.Options{Dir: python, Handler: "index.handler", Python: s.python}
	module := s.jsonModule(ctx)
	if err := s.edgeCold(ctx, ours, theirs, event, module); err != nil {
		return err
	}
	return s.edgeWarm(ctx, ours, theirs, event, module)
}

func (s *session) edgeCold(ctx context.Context, ours, theirs lambdaruntime.Options, event []byte, module string) error {
	start := func(name string, o lambdaruntime.Options) *contender {
		return &contender{name: name, run: func(ctx context.Context) (time.Duration, error) {
			began := time.Now()
			p, err := s.start(ctx, o)
			if err != nil {
				return 0, err
			}
			defer p.Close()
			_, err = invoke(ctx, p, event)
			return time.Since(began), err
		}}
	}
	function, peer := start("Go", ours), start("Python", theirs)
	if err := race(ctx, 2, function, peer); err != nil { // reads the files into memory
		return err
	}
	function.times, peer.times = nil, nil
	if err := race(ctx, s.pick(101, 15), function, peer); err != nil {
		return err
	}
	s.add("edge", "origin-request, spawn to first response, "+module, function.against(peer, 0))
	return nil
}

func (s *session) edgeWarm(ctx context.Context, ours, theirs lambdaruntime.Options, event []byte, module string) error {
	contenders := []*contender{{name: "Go"}, {name: "Python"}}
	var answers [2]any
	for i, o := range []lambdaruntime.Options{ours, theirs} {
		p, err := s.start(ctx, o)
		if err != nil {
			return err
		}
		defer p.Close()
		response, err := invoke(ctx, p, event)
		if err != nil {
			return err
		}
		if err := json.Unmarshal(response.Payload, &answers[i]); err != nil {
			return err
		}
		contenders[i].run = func(ctx context.Context) (time.Duration, error) {
			response, err := invoke(ctx, p, event)
			if err != nil {
				return 0, err
			}
			return response.Duration, nil
		}
	}
	if !reflect.DeepEqual(answers[0], answers[1]) {
		return fmt.Errorf("the functions do not do the same: %v and %v", answers[0], answers[1])
	}
	if err := race(ctx, s.pick(600, 60), contenders...); err != nil {
		return err
	}
	s.add("edge", "origin-request, warm, "+module, contenders[0].against(contenders[1], 0))
	return nil
}
