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
}

// version is the toolchain's, as image tags have it: 1.26.8.
func (e goEnvironment) version() string {
	version, _, _ := strings.Cut(strings.TrimPrefix(e.GOVERSION, "go"), " ")
	return version
}

func readGoEnvironment(ctx context.Context, dir string) (goEnvironment, error) {
	var env goEnvironment
	cmd := exec.CommandContext(ctx, "go", "env", "-json",
		"GOVERSION", "GOMODCACHE", "GOMOD", "GOWORK", "GOROOT", "GOFLAGS", "GOHOSTOS", "GOHOSTARCH")
	cmd.Dir = dir
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
