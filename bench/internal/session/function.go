package session

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/go-sparta/sparta/bench/internal/measure"
	"github.com/go-sparta/sparta/bench/internal/usage"
	"github.com/go-sparta/sparta/internal/lambdaruntime"
)

// bareHandler is the least that a Python function can do with an event: decode it and encode it again.
const bareHandler = "def handler(event, context):\n    return event\n"

// Bare makes a folder with the bare Python handler, index.handler.
func (s *Session) Bare() (string, error) {
	dir := filepath.Join(s.Scratch, "bare")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	return dir, os.WriteFile(filepath.Join(dir, "index.py"), []byte(bareHandler), 0o644)
}

// Start starts a function, in Python with the chosen client. As on Lambda, where the function's folder is read-only,
// Python writes no compiled files into it.
func (s *Session) Start(ctx context.Context, o lambdaruntime.Options) (*lambdaruntime.Process, error) {
	if len(o.Command) == 0 {
		if o.OwnClient = s.Client == Embedded; o.Python.Path == "" {
			o.Python = s.Python
		}
		o.Env = append(s.clientEnv(), o.Env...)
	}
	o.Env = append(o.Env, "PYTHONDONTWRITEBYTECODE=1")
	o.Workspace, o.Timeout = s.Scratch, time.Minute
	return lambdaruntime.Start(ctx, o)
}

// Watch has a contender's processor time and memory read from the function's process.
func Watch(c *measure.Contender, p *lambdaruntime.Process) {
	pid, _ := p.PID()
	c.Usage = func() time.Duration { return usage.ProcessorTime(pid) }
	c.Memory = func() (float64, error) { return usage.FamilyPeak(pid) }
}

// Invoke returns a function's response, or an error if the function fails.
func Invoke(ctx context.Context, p *lambdaruntime.Process, event []byte) (*lambdaruntime.Response, error) {
	response, err := p.Invoke(ctx, lambdaruntime.Request{Payload: event})
	if err != nil {
		return nil, err
	}
	if response.Failed {
		return nil, fmt.Errorf("the function failed: %.500s", response.Payload)
	}
	return response, nil
}

// Stage builds an application once, and returns the folder that its package is made from.
func (s *Session) Stage(ctx context.Context, app string) (string, error) {
	return s.Once("stage of "+app, func() (string, error) { return s.Module.Build(ctx, app) })
}

// Executable builds an application as an ordinary bootstrap, once.
func (s *Session) Executable(ctx context.Context, app string) (string, error) {
	return s.Program(ctx, app, "-tags=lambda.norpc")
}

// Program builds an application with the go command and returns the path of what it has built, once.
func (s *Session) Program(ctx context.Context, app string, flags ...string) (string, error) {
	return s.Once("program "+app, func() (string, error) {
		path := filepath.Join(s.Scratch, app+"-program.exe") // the suffix matters on Windows alone
		args := append(append([]string{"build", "-trimpath", "-ldflags=-s -w"}, flags...), "-o", path, "./"+app)
		_, err := s.Module.Output(ctx, s.Module.Dir, "go", args...)
		return path, err
	})
}
