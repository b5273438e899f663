package engine

import (
	"errors"
	"fmt"
	"os/exec"
	"strings"
)

// Run is a command that an engine has run in a container.
type Run struct{ CLI, Image, Platform, Dir string }

// ContainerFault returns the error if the engine rather than the command in the container failed, or nil.
func ContainerFault(c Run, output string, err error) error {
	lower := strings.ToLower(output)
	fail := func(next string) error {
		return &Error{Problem: ErrFailed, CLI: c.CLI, Words: LastLines(output, 3), Next: next}
	}
	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		return &Error{
			Problem: ErrFailed,
			CLI:     c.CLI,
			Words:   err.Error(),
			Next:    "check SPARTA_CONTAINER_CLI",
		}
	}
	for _, sign := range []string{
		"bind source path does not exist",
		"reading overlay: open ",
		"go.mod file not found",
		"cannot find main module",
		"no such file or directory: statfs",
		"chdir to cwd",
	} {
		if strings.Contains(lower, sign) {
			// The host has read all of these files before, so they exist.
			return fail(fmt.Sprintf("the engine does not share %s with its containers: "+
				"share the folder in the engine's settings "+
				"(Docker Desktop: Resources, File sharing; Colima: colima start --mount), "+
				"or move the project below your home folder", c.Dir))
		}
	}
	switch {
	case strings.Contains(lower, "exec format error"):
		return fail(fmt.Sprintf("the engine cannot run %s: %s", c.Platform, Emulation))
	case exit.ExitCode() == 126 && strings.Contains(lower, "rlimit"),
		exit.ExitCode() == 125,
		strings.Contains(output, "level=fatal"):
		return fail("the engine could not start the container: fix that, or build with SPARTA_BUILDER=host")
	case exit.ExitCode() == 127 || exit.ExitCode() == 126:
		return fail(fmt.Sprintf("image %s cannot run the go command: set SPARTA_IMAGE to one that can", c.Image))
	case exit.ExitCode() == 137, strings.Contains(lower, "signal: killed"):
		return fail("the compiler was killed, probably because memory ran out: give the engine more memory")
	}
	return nil
}
