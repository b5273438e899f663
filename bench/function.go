package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/go-sparta/sparta/internal/lambdaruntime"
)

// bareHandler is the least that a Python function can do with an event: decode it and encode it again.
const bareHandler = "def handler(event, context):\n    return event\n"

// bare makes a folder with the bare Python handler, index.handler.
func (s *session) bare() (string, error) {
	dir := filepath.Join(s.scratch, "bare")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	return dir, os.WriteFile(filepath.Join(dir, "index.py"), []byte(bareHandler), 0o644)
}

// start starts a function, in Python with the chosen client. As on Lambda, where the function's folder is read-only,
// Python writes no compiled files into it.
func (s *session) start(ctx context.Context, o lambdaruntime.Options) (*lambdaruntime.Process, error) {
	if len(o.Command) == 0 {
		if o.OwnClient = s.client == embedded; o.Python.Path == "" {
			o.Python = s.python
		}
	}
	o.Env = append(o.Env, "PYTHONDONTWRITEBYTECODE=1")
	o.Workspace, o.Timeout = s.scratch, time.Minute
	return lambdaruntime.Start(ctx, o)
}

// invoke returns a function's response, or an error if the function fails.
func invoke(ctx context.Context, p *lambdaruntime.Process, event []byte) (*lambdaruntime.Response, error) {
	response, err := p.Invoke(ctx, lambdaruntime.Request{Payload: event})
	if err != nil {
		return nil, err
	}
	if response.Failed {
		return nil, fmt.Errorf("the function failed: %.500s", response.Payload)
	}
	return response, nil
}
