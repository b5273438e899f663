package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/go-sparta/sparta/internal/interpreter"
)

// session is what the measurements of one run share.
type session struct {
	options
	report  *report
	python  interpreter.Python
	scratch string // a folder that is removed with the session
	module  module
	log     io.Writer
}

func newSession(ctx context.Context, o options, r *report) (*session, error) {
	python, err := interpreter.Find(ctx, "")
	if err != nil {
		return nil, err
	}
	if err := checkClient(o.client, python); err != nil {
		return nil, err
	}
	scratch, err := os.MkdirTemp("", "sparta-bench-*")
	if err != nil {
		return nil, err
	}
	s := &session{options: o, report: r, python: python, scratch: scratch, log: os.Stderr}
	if s.module, err = newModule(ctx, filepath.Join(scratch, "module")); err != nil {
		s.close()
		return nil, fmt.Errorf("make the applications to measure: %w", err)
	}
	return s, nil
}

func (s *session) close() { _ = os.RemoveAll(s.scratch) }

// say reports progress.
func (s *session) say(format string, arguments ...any) {
	fmt.Fprintf(s.log, format+"\n", arguments...)
}

// add puts a row of the group into the report.
func (s *session) add(group, what string, one row) {
	one.Group, one.What = group, what
	s.report.add(one)
}
