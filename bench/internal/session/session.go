// Package session has what the measurements of one run share: options, the applications and the functions.
package session

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/go-sparta/sparta/bench/internal/report"
	"github.com/go-sparta/sparta/internal/interpreter"
)

// Session is what the measurements of one run share.
type Session struct {
	Options
	Python  interpreter.Python
	Scratch string // a folder that is removed with the session
	Module  Module
	report  *report.Report
	log     io.Writer
	made    map[string]string // what Once has made
}

// New makes the folder of a session with the applications to measure.
func New(ctx context.Context, o Options, r *report.Report) (*Session, error) {
	python, err := interpreter.Find(ctx, "")
	if err != nil {
		return nil, err
	}
	if err := checkClient(o.Client, python); err != nil {
		return nil, err
	}
	scratch, err := os.MkdirTemp("", "sparta-bench-*")
	if err != nil {
		return nil, err
	}
	s := &Session{Options: o, report: r, Python: python, Scratch: scratch, log: os.Stderr, made: map[string]string{}}
	if s.Module, err = newModule(ctx, filepath.Join(scratch, "module")); err != nil {
		s.Close()
		return nil, fmt.Errorf("make the applications to measure: %w", err)
	}
	s.Module.Python = python.Version
	return s, nil
}

// Close removes the session's folder.
func (s *Session) Close() { _ = os.RemoveAll(s.Scratch) }

// Once returns what has been made under a name, and makes it the first time.
func (s *Session) Once(name string, produce func() (string, error)) (string, error) {
	if path, ok := s.made[name]; ok {
		return path, nil
	}
	path, err := produce()
	if err == nil {
		s.made[name] = path
	}
	return path, err
}

// Say reports progress.
func (s *Session) Say(format string, arguments ...any) {
	fmt.Fprintf(s.log, format+"\n", arguments...)
}

// Add puts a row of the group into the report.
func (s *Session) Add(group, what string, one report.Row) {
	one.Group, one.What = group, what
	s.report.Add(one)
}

// Missing says once that this machine lacks something, and which rows there are not for that reason.
func (s *Session) Missing(what string) {
	s.report.AddMissing(what)
}

// Group is a set of measurements that -only can name.
type Group struct {
	Name  string
	Run   func(context.Context, *Session) error
	Named bool // it runs only if -only names it
}
