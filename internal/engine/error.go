package engine

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

// The values of Error.Problem: what can be wrong with a container engine.
var (
	ErrNone     = errors.New("no container engine is installed")
	ErrSettings = errors.New("the settings name a container engine that cannot be reached")
	ErrDown     = errors.New("the container engine is not running")
	ErrDenied   = errors.New("this user may not use the container engine")
	ErrSilent   = errors.New("the container engine does not answer")
	ErrNoImage  = errors.New("the image is missing and cannot be pulled")
	ErrFailed   = errors.New("the container engine failed")
)

// Emulation says what to do if an engine cannot run another architecture.
const Emulation = "set up emulation (docker run --privileged --rm tonistiigi/binfmt --install all), " +
	"or build on this machine: SPARTA_BUILDER=host, with CC naming a cross compiler"

// Error is the error of an engine that cannot do the build. It says why, in the engine's own words, and what to do.
type Error struct {
	Problem error // one of the errors above
	CLI     string
	Words   string // the engine's or the registry's; may be empty
	Next    string
}

func (e *Error) Error() string {
	text := e.Problem.Error()
	if e.CLI != "" {
		text = filepath.Base(e.CLI) + ": " + text
	}
	if e.Words != "" {
		text += ": " + e.Words
	}
	return text + "; " + e.Next
}

func (e *Error) Unwrap() error { return e.Problem }

// engineFault returns an error if an engine's message shows that it cannot be used, or nil.
func engineFault(cli, words string, err error) error {
	name, lower := filepath.Base(cli), strings.ToLower(words)
	says := func(parts ...string) bool {
		for _, part := range parts {
			if strings.Contains(lower, part) {
				return true
			}
		}
		return false
	}
	fault := &Error{CLI: cli, Words: words}
	var exit *exec.ExitError
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		fault.Problem, fault.Words = ErrSilent, err.Error()
		fault.Next = "restart it, or build with SPARTA_BUILDER=host"
	case !errors.As(err, &exit):
		fault.Problem, fault.Words, fault.Next = ErrFailed, err.Error(), "check what "+cli+" is"
	case says("unable to resolve docker endpoint", "is not found on the file system", "destination not found",
		"unable to parse docker host"):
		fault.Problem, fault.Next = ErrSettings, correctSettings(name)
	case says("error during connect", "cannot connect to the docker daemon") && os.Getenv("DOCKER_HOST") != "":
		fault.Problem = ErrDown
		fault.Next = "check DOCKER_HOST, which names it, and whether it runs there; or unset DOCKER_HOST"
	case says("permission denied") && says("sock", "connect", "dial"),
		says("dial unix") && says("operation not permitted"):
		fault.Problem = ErrDenied
		fault.Next = fmt.Sprintf(
			`give this user access (sudo usermod -aG %s "$USER", then log in again), or use a rootless engine`, name)
	case says(
		"cannot connect to",
		"is the docker daemon running",
		"error during connect",
		"connection refused",
		"unable to connect to podman",
		"cannot access containerd socket",
		"rootless containerd not running",
		"is not running",
		"failed to dial",
		"docker desktop is unable",
	):
		fault.Problem = ErrDown
		fault.Next = startEngine(name) + ", or name another engine with SPARTA_CONTAINER_CLI"
	default:
		return nil
	}
	return fault
}

// correctSettings returns how to correct the setting that chooses the engine that a client talks to.
func correctSettings(name string) string {
	for _, variable := range []string{"DOCKER_HOST", "DOCKER_CONTEXT", "CONTAINER_HOST", "CONTAINER_CONNECTION"} {
		if os.Getenv(variable) != "" {
			return fmt.Sprintf("correct %s, or unset it; or build with SPARTA_BUILDER=host", variable)
		}
	}
	if name == "podman" {
		return "choose another connection: podman system connection default NAME"
	}
	return fmt.Sprintf("choose a context of `%s context ls`: %[1]s context use NAME", name)
}

// saysNoImage reports whether a message means that the engine does not have the image.
func saysNoImage(words string) bool {
	lower := strings.ToLower(words)
	for _, sign := range []string{
		"no such image", "no such object", "image not known", "not found", "failed to find image",
	} {
		if strings.Contains(lower, sign) {
			return true
		}
	}
	return false
}

// startEngine returns how to start an engine on this system.
func startEngine(name string) string {
	switch {
	case name == "finch":
		return "start it (finch vm start)"
	case name == "podman" && runtime.GOOS != "linux":
		return "start it (podman machine start)"
	case name == "docker" && runtime.GOOS == "linux":
		return "start it (sudo systemctl start docker, or sudo service docker start)"
	case name == "docker":
		return "start Docker Desktop, Colima or whichever engine this machine has"
	}
	return "start it"
}
