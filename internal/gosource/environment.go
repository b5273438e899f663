package gosource

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os/exec"
	"strings"
)

// Environment is the part of `go env` that a build needs.
type Environment struct {
	GOVERSION, GOMODCACHE, GOMOD, GOWORK, GOROOT, GOFLAGS, GOHOSTOS, GOHOSTARCH string

	CC string // the target's C compiler
}

// Version is the toolchain's, as image tags have it: 1.26.8.
func (e Environment) Version() string {
	version, _, _ := strings.Cut(strings.TrimPrefix(e.GOVERSION, "go"), " ")
	return version
}

// ReadEnvironment asks the go command in dir about a build for a system, with more variables in
// its environment.
func ReadEnvironment(ctx context.Context, dir string, goos, goarch string, variables ...string) (Environment, error) {
	var env Environment
	cmd := exec.CommandContext(ctx, "go", "env", "-json",
		"GOVERSION", "GOMODCACHE", "GOMOD", "GOWORK", "GOROOT", "GOFLAGS", "GOHOSTOS", "GOHOSTARCH", "CC")
	cmd.Dir = dir
	cmd.Env = append(append(cmd.Environ(), "GOOS="+goos, "GOARCH="+goarch), variables...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return env, fmt.Errorf("ask go for its environment in %s: %w", dir, CommandError(err, stderr.String()))
	}
	if err := json.Unmarshal(out, &env); err != nil {
		return env, fmt.Errorf("read the output of go env: %w", err)
	}
	return env, nil
}

// ReadTuning gives those of the host's go settings, from the environment or `go env -w`, that
// change the code which the compiler emits, and so must hold in a container as well.
func ReadTuning(ctx context.Context, dir, goarch string) (map[string]string, error) {
	cmd := exec.CommandContext(ctx, "go", "env", "-changed", "-json", "GOAMD64", "GOARM64", "GOEXPERIMENT", "GOFIPS140")
	cmd.Dir = dir
	// GOAMD64 is none of arm64's.
	cmd.Env = append(cmd.Environ(), "GOOS=linux", "GOARCH="+goarch)
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("ask go for its environment: %w", err)
	}
	tuning := map[string]string{}
	if err := json.Unmarshal(out, &tuning); err != nil {
		return nil, fmt.Errorf("read the output of go env: %w", err)
	}
	return tuning, nil
}
