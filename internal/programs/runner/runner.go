// Package runner runs functions for targets. It serves the Runtime API, with net/http.
package runner

import (
	"context"
	"encoding/json"
	"fmt"
	"io"

	"github.com/go-sparta/sparta/internal/interpreter"
	"github.com/go-sparta/sparta/internal/lambdaruntime"
	"github.com/go-sparta/sparta/internal/programs"
)

// Serve reads a job from stdin, runs its function once, and writes the result to stdout. The function's own
// output goes to stderr. Stdin ends when the target does, and Serve then ends the function, too.
func Serve(ctx context.Context, stdin io.Reader, stdout, stderr io.Writer) error {
	in := json.NewDecoder(stdin)
	var job programs.Job
	if err := in.Decode(&job); err != nil {
		return fmt.Errorf("read the job: %w; this command is for the target cgo:invoke", err)
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		_, _ = io.Copy(io.Discard, stdin) // it is empty, and ends with the target
		cancel()
	}()
	var result programs.Result
	response, err := invokeOnce(ctx, job, stderr)
	if err != nil {
		result.Error = err.Error()
	} else {
		result.Payload, result.Failed = response.Payload, response.Failed
	}
	if err := json.NewEncoder(stdout).Encode(result); err != nil {
		return fmt.Errorf("write the result: %w", err)
	}
	return nil
}

func invokeOnce(ctx context.Context, job programs.Job, output io.Writer) (*lambdaruntime.Response, error) {
	python, err := interpreter.Find(ctx, job.Python)
	if err != nil {
		return nil, err
	}
	process, err := lambdaruntime.Start(ctx, lambdaruntime.Options{
		Dir:     job.Stage,
		Layer:   job.Packages,
		Handler: job.Handler,
		Python:  python,
		// Lambda's folder is read-only; the staged package must stay as it was zipped.
		Env:          append(job.Variables, "PYTHONDONTWRITEBYTECODE=1"),
		Stdout:       output,
		Stderr:       output,
		FunctionName: job.Function,
		Timeout:      job.Timeout,
		Workspace:    job.Cache,

		NoCredentials: job.NoCredentials,
	})
	if err != nil {
		return nil, fmt.Errorf("run the package: %w", err)
	}
	defer process.Close()
	response, err := process.Invoke(ctx, lambdaruntime.Request{Payload: job.Event})
	if err != nil {
		return nil, fmt.Errorf("invoke %s: %w", job.Function, err)
	}
	if response.Failed {
		process.Settle() // it may log that it ends
	}
	return response, nil
}
