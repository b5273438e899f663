package spartamage

import (
	"bytes"
	"context"
	"fmt"
	"os/exec"
	"time"

	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/builder"
	"github.com/go-sparta/sparta/internal/engine"
	"github.com/go-sparta/sparta/internal/gobuild"
	"github.com/go-sparta/sparta/internal/goflags"
	"github.com/go-sparta/sparta/internal/progress"
)

// container is the container of a build.
type container gobuild.Container

// runContainer returns the function that runs the container of a library's build.
func runContainer(log *logrus.Logger, library string) builder.ContainerRunner {
	return func(ctx context.Context, cli string, c gobuild.Container, command ...string) (string, error) {
		c.Name = engine.ContainerName()
		return container(c).run(ctx, cli, log, library, command...)
	}
}

// run runs the command and returns its output, both streams. The error is an *exec.ExitError if the
// command fails, and an *engine.Error if the engine does. When ctx ends, so does the container, if
// the engine is quick enough.
func (c container) run(
	ctx context.Context,
	cli string,
	log *logrus.Logger,
	library string,
	command ...string,
) (string, error) {
	args := gobuild.Container(c).Args(command...)
	fields := logrus.Fields{"Name": library, "Args": goflags.Redacted(args)}
	if progress.IsLive(log) {
		fields = logrus.Fields{"Image": c.Image, "Platform": c.Platform}
	}
	log.WithFields(fields).Info("Building `cgo` library in Docker")

	cmd := exec.CommandContext(ctx, cli, args...)
	var output bytes.Buffer
	cmd.Stdout, cmd.Stderr = &output, &output
	// The engine's client would pass a signal on to the go command, which finishes what it is
	// compiling first. Mage waits five seconds in all; each call of end may take one and a half.
	cmd.Cancel = func() error { return c.end(ctx, cli, "kill") }
	cmd.WaitDelay = time.Second
	err := cmd.Run()
	if ctx.Err() != nil {
		// The client may have died before the container began.
		_ = c.end(ctx, cli, "rm", "-f")
		return output.String(), fmt.Errorf("compile in a container: %w", context.Cause(ctx))
	}
	if err == nil {
		return output.String(), nil
	}
	where := engine.Run{CLI: cli, Image: c.Image, Platform: c.Platform, Dir: c.Dir}
	if fault := engine.ContainerFault(where, output.String(), err); fault != nil {
		return output.String(), fault
	}
	return output.String(), err
}

// end ends the container, even if ctx has ended.
func (c container) end(ctx context.Context, cli string, how ...string) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 1500*time.Millisecond)
	defer cancel()
	cmd := exec.CommandContext(ctx, cli, append(how, c.Name)...)
	cmd.WaitDelay = 100 * time.Millisecond
	return cmd.Run()
}
