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

	CC, CXX string // the target's compilers for C and C++
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
		"GOVERSION", "GOMODCACHE", "GOMOD", "GOWORK", "GOROOT", "GOFLAGS", "GOHOSTOS", "GOHOSTARCH", "CC", "CXX")
	cmd.Dir = dir
	cmd.Env = append(append(cmd.Environ(), "GOOS="+goos, "GOARCH="+goarch), variables...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return env, fmt.Errorf("run go env in %s: %w", dir, CommandError(ctx, err, stderr.String()))
	}
	if err := json.Unmarshal(out, &env); err != nil {
		return env, fmt.Errorf("read the output of go env: %w", err)
	}
	return env, nil
}
