package gobuild

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/internal/goflags"
	"github.com/go-sparta/sparta/internal/gosource"
	"github.com/go-sparta/sparta/internal/process"
)

// Target is the system for which this machine's own toolchain builds a library.
type Target struct{ GOOS, GOARCH string }

// Check returns an error if this machine cannot build for the target, whose
// environment is env.
func (t Target) Check(ctx context.Context, env gosource.Environment) error {
	host := Target{env.GOHOSTOS, env.GOHOSTARCH}
	words, err := goflags.Split(env.CC)
	if err != nil || len(words) == 0 {
		return fmt.Errorf("CC is %q, which does not name a C compiler: unset CC or name one", env.CC)
	}
	if _, err := exec.LookPath(words[0]); err != nil {
		if t != host {
			return t.foreign(host)
		}
		return fmt.Errorf("this machine has no C compiler (%s is not on PATH): %s",
			words[0], installCompiler(host.GOOS))
	}
	// GCC and Clang have -dumpmachine. A compiler without it is assumed to be the right one.
	triple, err := exec.CommandContext(ctx, words[0], append(words[1:], "-dumpmachine")...).Output()
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	machine := string(bytes.TrimSpace(triple))
	switch {
	case err != nil || machine == "":
		return nil
	case !t.matches(machine) && t != host:
		return fmt.Errorf("%w (%s compiles for %s)", t.foreign(host), env.CC, machine)
	case !t.matches(machine):
		return fmt.Errorf("CC is %s, which compiles for %s, not for %s/%s: unset CC or name another compiler",
			env.CC, machine, t.GOOS, t.GOARCH)
	case t.GOOS == "linux" && strings.Contains(machine, "musl"):
		return fmt.Errorf("%s builds for musl (%s), and Lambda's Python runs on glibc: "+
			"build in a container, or let CC name a compiler for glibc", env.CC, machine)
	}
	return nil
}

// foreign returns the error about a target that is not the host's system.
func (t Target) foreign(host Target) error {
	example := "zig cc -target " + map[string]string{"amd64": "x86_64", "arm64": "aarch64"}[t.GOARCH] + "-" + t.GOOS
	if t.GOOS == "linux" {
		example += "-gnu"
		if host.GOOS == "linux" {
			example = map[string]string{"amd64": "x86_64", "arm64": "aarch64"}[t.GOARCH] + "-linux-gnu-gcc"
		}
	}
	return fmt.Errorf("this machine is %s/%s and the library is for %s/%s: "+
		"let CC name a cross compiler, for example CC='%s'",
		host.GOOS, host.GOARCH, t.GOOS, t.GOARCH, example)
}

// matches reports whether a compiler's machine triple, such as aarch64-linux-gnu, is that of the target.
func (t Target) matches(triple string) bool {
	fields := strings.Split(triple, "-")
	architectures := map[string][]string{
		"amd64": {"x86_64", "amd64"},
		"arm64": {"aarch64", "arm64"},
		"386":   {"i386", "i486", "i586", "i686"},
	}[t.GOARCH]
	systems := map[string][]string{
		"linux": {"linux"}, "darwin": {"darwin", "apple"}, "windows": {"mingw32", "w64", "windows"},
	}[t.GOOS]
	system := slices.ContainsFunc(fields[1:], func(field string) bool {
		return slices.ContainsFunc(systems, func(name string) bool { return strings.HasPrefix(field, name) })
	})
	return system && slices.Contains(architectures, fields[0])
}

func installCompiler(goos string) string {
	switch goos {
	case "linux":
		return "install one (sudo apt-get install gcc libc6-dev; sudo dnf install gcc)"
	case "darwin":
		return "install one (xcode-select --install)"
	}
	return "install one (https://www.msys2.org)"
}

// OnHost runs the build with this machine's own toolchain, and returns its output.
func OnHost(ctx context.Context, dir string, build Build, env []string) (string, error) {
	cmd := process.Command(ctx, "go", build.Args()...)
	process.EndAsGroup(cmd)
	cmd.Dir = dir
	cmd.Env = append(cmd.Environ(), env...)
	output, err := cmd.CombinedOutput()
	if ctx.Err() != nil {
		return string(output), fmt.Errorf("compile on this machine: %w", context.Cause(ctx))
	}
	if errors.Is(err, exec.ErrNotFound) {
		err = fmt.Errorf("%w: install Go (https://go.dev/dl)", err)
	}
	return string(output), err
}
