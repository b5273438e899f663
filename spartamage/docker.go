package spartamage

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os/exec"
	"strconv"
	"time"

	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/engine"
	"github.com/go-sparta/sparta/internal/goflags"
	"github.com/go-sparta/sparta/internal/progress"
)

// container is a container that runs one command and is then removed. Every folder has the same absolute path inside as
// outside, so that an overlay and a compiler's messages are valid in both.
type container struct {
	Name      string   // unique: it identifies the container to end
	Label     string   // the workspace
	Image     string   // golang:1.26.8
	Platform  string   // linux/arm64
	Dir       string   // the command's working directory
	User      string   // uid:gid; empty means the image's default
	UserNS    string   // --userns: keep-id or host; empty means the engine's default
	NoSELinux bool     // SELinux would refuse folders that are not labelled for containers
	ReadOnly  []string // folders and files
	ReadWrite []string
	Env       []string // NAME=value
	Inherit   []string // names of variables that the engine reads from its own environment
}

// args returns the arguments of the engine.
func (c container) args(command ...string) []string {
	args := []string{"run", "--rm", "--pull=never", "--name", c.Name, "--label", engine.WorkspaceLabel + "=" + c.Label}
	args = append(args, "--platform", c.Platform, "--network", "none")
	if c.User != "" {
		args = append(args, "--user", c.User)
	}
	if c.UserNS != "" {
		args = append(args, "--userns", c.UserNS)
	}
	if c.NoSELinux {
		args = append(args, "--security-opt", "label=disable")
	}
	for _, path := range c.ReadOnly {
		args = append(args, "--mount", engine.BindMount(path, "readonly"))
	}
	for _, path := range c.ReadWrite {
		args = append(args, "--mount", engine.BindMount(path))
	}
	args = append(args, "-w", c.Dir)
	for _, variable := range c.Env {
		args = append(args, "-e", variable)
	}
	for _, name := range c.Inherit {
		args = append(args, "-e", name)
	}
	return append(append(args, c.Image), command...)
}

// containerName returns a random name for a build's container.
func containerName() string {
	return "sparta-" + strconv.FormatUint(rand.Uint64(), 36)
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
	args := c.args(command...)
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
