package main

import (
	"context"
	"time"

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
	for i, json := range jsons(ctx, s) {
		hello := s.coldStart("hello", lambdaruntime.Options{Dir: stage, Handler: "index.HelloWorld", Env: json.env})
		peer := s.coldStart("bare Python", lambdaruntime.Options{Dir: bare, Handler: "index.handler", Env: json.env})
		for range 2 { // reads the files into memory
			if err := race(ctx, 1, hello, peer); err != nil {
				return err
			}
		}
		hello.times, peer.times = nil, nil
		if err := race(ctx, s.pick(101, 15), hello, peer); err != nil {
			return err
		}
		limit := 1.15
		if i > 0 {
			limit = 0
		}
		s.add("cold", "hello, spawn to first response, "+json.name, hello.against(peer, limit))
	}
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
