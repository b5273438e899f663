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
	if err := s.coldRace(ctx, stage, bare, s.python, s.jsonModule(ctx), 1.15); err != nil {
		return err
	}
	if s.client != embedded {
		return nil // an interpreter without site-packages has no other client
	}
	// Site-packages may import modules into every Python, which slows both sides and so flatters the ratio.
	clean := filepath.Join(s.scratch, "clean")
	_, err = s.module.output(ctx, "", s.python.Path, "-m", "venv", "--without-pip", "--symlinks", clean)
	if err != nil {
		s.say("cannot make a Python without site-packages: %v", err)
		return nil
	}
	python := interpreter.Python{Path: filepath.Join(clean, "bin", "python"), Version: s.python.Version}
	return s.coldRace(ctx, stage, bare, python, "json, no site-packages", 0)
}

func (s *session) coldRace(
	ctx context.Context, stage, bare string, python interpreter.Python, json string, limit float64,
) error {
	hello := s.coldStart("hello", lambdaruntime.Options{Dir: stage, Handler: "index.HelloWorld", Python: python})
	peer := s.coldStart("bare Python", lambdaruntime.Options{Dir: bare, Handler: "index.handler", Python: python})
	if err := race(ctx, 2, hello, peer); err != nil { // reads the files into memory
		return err
	}
	hello.times, peer.times = nil, nil
	if err := race(ctx, s.pick(101, 15), hello, peer); err != nil {
		return err
	}
	s.add("cold", "hello, spawn to first response, "+json, hello.against(peer, limit))
	return nil
}

// coldStart is a contender that starts a process and waits for its first answer.
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
