package spartamage

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/internal/engine"
	"github.com/go-sparta/sparta/internal/files"
	"github.com/go-sparta/sparta/internal/gosource"
)

// checkContainable returns an error if no container can do this compilation.
func (c *compilation) checkContainable() error {
	fail := func(words, next string) error {
		return &engine.Error{Problem: engine.ErrFailed, Words: words, Next: next}
	}
	if c.GOOS != "linux" {
		return fail("a container builds for linux, not for "+c.GOOS, "build for "+c.GOOS+" with SPARTA_BUILDER=host")
	}
	if runtime.GOOS == "windows" {
		return fail("a container cannot have the paths of Windows",
			"build inside WSL 2, or with SPARTA_BUILDER=host and CC naming a cross compiler")
	}
	return nil
}

// container returns the container of this compilation. Only the workspace is writable in it, and it
// has no network: it builds from what the host has resolved.
func (c *compilation) container(ctx context.Context, engine engine.Engine, environ []string) (container, error) {
	sources, err := c.Sources(ctx)
	if err != nil {
		return container{}, err
	}
	tuning, err := gosource.ReadTuning(ctx, c.Dir, c.GOARCH)
	if err != nil {
		return container{}, err
	}
	home, cache := filepath.Join(c.Workspace, "cache", "home"), buildCache(c.Workspace)
	modules := c.Env.GOMODCACHE
	readOnly := append([]string{modules}, sources...)
	if modFile := c.flags.ModFile(c.Dir); modFile != "" {
		readOnly = append(readOnly, filepath.Dir(modFile))
	}
	// If the engine made the folders, they would be root's, and the caller could not remove them.
	for _, dir := range []string{home, cache} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return container{}, fmt.Errorf("write to the workspace: %w", err)
		}
	}
	if !files.Exists(modules) { // nothing has ever been downloaded
		modules = filepath.Join(c.Workspace, "cache", "mod")
	}
	env := append(c.variables(),
		"HOME="+home, "GOCACHE="+cache, "GOMODCACHE="+modules,
		"GOPROXY=off", "GOTOOLCHAIN=local", "GOWORK="+orOff(c.Env.GOWORK))
	for _, name := range slices.Sorted(maps.Keys(tuning)) {
		if value := tuning[name]; value != "" {
			env = append(env, name+"="+value)
		}
	}
	return container{
		Name:      containerName(),
		Label:     c.Workspace,
		Image:     c.Image,
		Platform:  c.GOOS + "/" + c.GOARCH,
		Dir:       c.Dir,
		User:      engine.User,
		UserNS:    engine.UserNS,
		NoSELinux: enforcesSELinux(),
		ReadOnly:  gosource.Outermost(existing(readOnly)),
		ReadWrite: gosource.Outermost(existing([]string{c.Workspace, cache})),
		Env:       env,
		Inherit:   spartaVariables(environ),
	}, nil
}

// buildCache returns the folder of the containers' GOCACHE: one for all of the user's applications,
// since compiling the standard library takes half a minute, or else one in the workspace.
func buildCache(workspace string) string {
	if user, err := os.UserCacheDir(); err == nil {
		cache := filepath.Join(user, "sparta", "go-build")
		if os.MkdirAll(cache, 0o755) == nil {
			return cache
		}
	}
	return filepath.Join(workspace, "cache", "go-build")
}

// spartaVariables lists the names of the SPARTA_* variables of an environment.
func spartaVariables(environ []string) []string {
	var names []string
	for _, variable := range environ {
		if name, _, _ := strings.Cut(variable, "="); strings.HasPrefix(name, "SPARTA_") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// existing returns the paths that exist, sorted. The go command reports a missing one, unless it is
// not needed, such as the target of a replace directive in a vendored build.
func existing(paths []string) []string {
	var found []string
	for _, path := range paths {
		if files.Exists(path) {
			found = append(found, path)
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// orOff keeps the go command from looking for a go.work file if the host has found none.
func orOff(work string) string {
	if work == "" {
		return "off"
	}
	return work
}

// enforcesSELinux reports whether SELinux is in the mode that getenforce calls Enforcing.
func enforcesSELinux() bool {
	state, err := os.ReadFile("/sys/fs/selinux/enforce")
	return err == nil && strings.TrimSpace(string(state)) == "1"
}
