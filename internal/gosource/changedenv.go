package gosource

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os/exec"
	"slices"
)

// Settings are the go command's settings that differ from their defaults, from the environment or `go env -w`, by
// name: CGO_CFLAGS, GOAMD64 and so on.
type Settings map[string]string

// ReadSettings returns the settings that may change what is built in dir for a system. Those that are in Environment,
// and those that only say where the go command keeps and fetches files, are left out.
func ReadSettings(ctx context.Context, dir, goos, goarch string, variables ...string) (Settings, error) {
	cmd := exec.CommandContext(ctx, "go", "env", "-changed", "-json")
	cmd.Dir = dir
	cmd.Env = append(append(cmd.Environ(), "GOOS="+goos, "GOARCH="+goarch), variables...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("run go env -changed: %w", CommandError(ctx, err, stderr.String()))
	}
	settings := Settings{}
	if err := json.Unmarshal(out, &settings); err != nil {
		return nil, fmt.Errorf("read the output of go env -changed: %w", err)
	}
	for _, name := range elsewhere {
		delete(settings, name)
	}
	return settings, nil
}

// elsewhere lists the settings that Environment has, or that do not change what is built.
var elsewhere = []string{
	"GOOS", "GOARCH", "CGO_ENABLED", "GOFLAGS", "GOVERSION", "GOMODCACHE", "GOMOD", "GOWORK", "GOROOT", "GOTOOLDIR",
	"GOHOSTOS", "GOHOSTARCH", "GOTOOLCHAIN", "GOEXE", "GOGCCFLAGS",
	"GOAUTH", "GOBIN", "GOCACHE", "GOCACHEPROG", "GOENV", "GOINSECURE", "GONOPROXY", "GONOSUMDB", "GOPATH",
	"GOPRIVATE", "GOPROXY", "GOSUMDB", "GOTELEMETRY", "GOTELEMETRYDIR", "GOTMPDIR", "GOVCS",
}

// programs are the settings that name programs of this machine, which a container does not have.
var programs = []string{"AR", "CC", "CXX", "FC", "GCCGO", "PKG_CONFIG"}

// Variables returns the settings as environment variables, sorted, without those that name programs of this machine.
func (s Settings) Variables() []string {
	var variables []string
	for name, value := range s {
		if !slices.Contains(programs, name) {
			variables = append(variables, name+"="+value)
		}
	}
	slices.Sort(variables)
	return variables
}
