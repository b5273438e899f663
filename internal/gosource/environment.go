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

// Version returns the toolchain's version as in image tags: 1.26.8.
func (e Environment) Version() string {
	version, _, _ := strings.Cut(strings.TrimPrefix(e.GOVERSION, "go"), " ")
	return version
}

// ReadEnvironment runs go env in dir for a build for goos and goarch, with additional environment variables.
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
		return env, fmt.Errorf("run go env in %s: %w", dir, CommandError(err, stderr.String()))
	}
	if err := json.Unmarshal(out, &env); err != nil {
		return env, fmt.Errorf("read the output of go env: %w", err)
	}
	return env, nil
}

// ReadTuning returns the host's go settings, from the environment or `go env -w`, that change the compiler's
// output and so must hold in a container, too.
func ReadTuning(ctx context.Context, dir, goarch string) (map[string]string, error) {
	cmd := exec.CommandContext(ctx, "go", "env", "-changed", "-json", "GOAMD64", "GOARM64", "GOEXPERIMENT", "GOFIPS140")
	cmd.Dir = dir
	// GOAMD64 does not apply to arm64.
	cmd.Env = append(cmd.Environ(), "GOOS=linux", "GOARCH="+goarch)
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("run go env: %w", err)
	}
	tuning := map[string]string{}
	if err := json.Unmarshal(out, &tuning); err != nil {
		return nil, fmt.Errorf("read the output of go env: %w", err)
	}
	return tuning, nil
}
