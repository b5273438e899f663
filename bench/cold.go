package main

import (
	"context"
	"path/filepath"
	"time"

	"github.com/go-sparta/sparta/internal/interpreter"
	"github.com/go-sparta/sparta/internal/lambdaruntime"
)

// cold measures from the start of a process to its first answer: examples/hello and a bare Python handler.
func cold(ctx context.Context, s *session) error {
	stage, err := s.module.build(ctx, "hello")
	if err != nil {
		return err
	}
	bare, err := s.bare()
	if err != nil {
		return err
	}
	// The first is the one that Lambda's runtime client has, so it is the one that is judged.
	limit := 1.15
	for _, json := range jsons(ctx, s) {
		if err := s.coldRace(ctx, stage, bare, s.python, json, limit); err != nil {
			return err
		}
		limit = 0
	}
	if s.client != embedded {
		return nil // what follows has no other
	}
	// What site-packages import into every Python falls on both sides and flatters the ratio.
	clean := filepath.Join(s.scratch, "clean")
	if _, err := s.module.output(ctx, "", s.python.Path, "-m", "venv", "--without-pip", "--symlinks", clean); err != nil {
		s.say("no Python without site-packages: %v", err)
		return nil
	}
	python := interpreter.Python{Path: filepath.Join(clean, "bin", "python"), Version: s.python.Version}
	return s.coldRace(ctx, stage, bare, python, jsonModule{name: "json, no site-packages"}, 0)
}

func (s *session) coldRace(ctx context.Context, stage, bare string, python interpreter.Python, json jsonModule, limit float64) error {
	hello := s.coldStart("hello", lambdaruntime.Options{Dir: stage, Handler: "index.HelloWorld", Python: python, Env: json.env})
	peer := s.coldStart("bare Python", lambdaruntime.Options{Dir: bare, Handler: "index.handler", Python: python, Env: json.env})
	if err := race(ctx, 2, hello, peer); err != nil { // reads the files into memory
		return err
	}
	hello.times, peer.times = nil, nil
	if err := race(ctx, s.pick(101, 15), hello, peer); err != nil {
		return err
	}
	s.add("cold", "hello, spawn to first response, "+json.name, hello.against(peer, limit))
	return nil
}

// coldStart is a contender that starts a process and takes one answer of it.
func (s *session) coldStart(name string, o lambdaruntime.Options) *contender {
	return &contender{name: name, run: func(ctx context.Context) (time.Duration, error) {
		start := time.Now()
		p, err := s.start(ctx, o)
		if err != nil {
			return 0, err
		}
		defer p.Close()
		_, err = invoke(ctx, p, []byte(`{"name":"Ada"}`))
		return time.Since(start), err
	}}
}
