package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"

	"github.com/go-sparta/sparta/spartamage"
)

// build builds the application and puts the content of its package into a folder: what a build leaves, the next one may
// replace.
func (o options) build(ctx context.Context, folder string) error {
	for _, variable := range os.Environ() { // the user's settings are for other builds
		name, _, _ := strings.Cut(variable, "=")
		if strings.HasPrefix(name, "SPARTA_") {
			_ = os.Unsetenv(name)
		}
	}
	linker := ""
	if o.race {
		_ = os.Setenv("GOFLAGS", strings.TrimSpace(os.Getenv("GOFLAGS")+" -race"))
		linker = "-extldflags=-Wl,-Ttext-segment=" + raceAddress
	}
	if o.cgocheck2 {
		_ = os.Setenv("GOEXPERIMENT", "cgocheck2")
	}
	const application = "github.com/go-sparta/sparta/internal/soak/app"
	out, err := exec.CommandContext(ctx, "go", "list", "-f={{.Dir}}", application).Output()
	if err != nil {
		return fmt.Errorf("find the application: %w: run the soak in this repository", err)
	}
	artifact, err := spartamage.Build(ctx, spartamage.BuildOptions{
		Dir: strings.TrimSpace(string(out)), Builder: "host", GOOS: runtime.GOOS, GOARCH: runtime.GOARCH,
		LDFlags: linker,
	})
	if err != nil {
		return err
	}
	return os.CopyFS(folder, os.DirFS(artifact.Stage))
}

// raceAddress is where a library with the race detector is loaded: the end of the addresses of Go's heap. The detector
// has shadow memory for those, but not for the addresses at which libraries usually are.
const raceAddress = "0xdf00000000"

// useRaceAddress is a variable of glibc's that makes it load libraries at the addresses that they ask for.
const useRaceAddress = "LD_USE_LOAD_BIAS=1"
