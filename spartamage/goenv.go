package spartamage

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os/exec"
	"strings"
)

// goEnvironment is the part of `go env` that a build needs.
type goEnvironment struct {
	GOVERSION, GOMODCACHE, GOMOD, GOWORK, GOROOT, GOFLAGS, GOHOSTOS, GOHOSTARCH string

	CC string // the target's C compiler
}

// version is the toolchain's, as image tags have it: 1.26.8.
func (e goEnvironment) version() string {
	version, _, _ := strings.Cut(strings.TrimPrefix(e.GOVERSION, "go"), " ")
	return version
}

// readGoEnvironment asks the go command in dir about a build for the target, with more variables in
// its environment.
func readGoEnvironment(ctx context.Context, dir string, target hostTarget, variables ...string) (goEnvironment, error) {
	var env goEnvironment
	cmd := exec.CommandContext(ctx, "go", "env", "-json",
		"GOVERSION", "GOMODCACHE", "GOMOD", "GOWORK", "GOROOT", "GOFLAGS", "GOHOSTOS", "GOHOSTARCH", "CC")
	cmd.Dir = dir
	cmd.Env = append(append(cmd.Environ(), "GOOS="+target.GOOS, "GOARCH="+target.GOARCH), variables...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return env, fmt.Errorf("ask go for its environment in %s: %w", dir, goListError(err, stderr.String()))
	}
	if err := json.Unmarshal(out, &env); err != nil {
		return env, fmt.Errorf("read the output of go env: %w", err)
	}
	return env, nil
}
