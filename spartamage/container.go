package spartamage

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"

	"github.com/go-sparta/sparta/internal/engine"
	"github.com/go-sparta/sparta/internal/files"
	"github.com/go-sparta/sparta/internal/gobuild"
	"github.com/go-sparta/sparta/internal/gosource"
	"github.com/go-sparta/sparta/internal/settings"
)

// containable returns an error if no container can compile for a system.
func containable(goos string) error {
	fail := func(words, next string) error {
		return &engine.Error{Problem: engine.ErrFailed, Words: words, Next: next}
	}
	if goos != "linux" {
		return fail("a container builds for linux, not for "+goos, "build for "+goos+" with SPARTA_BUILDER=host")
	}
	if runtime.GOOS == "windows" {
		return fail("a container cannot have the paths of Windows",
			"build inside WSL 2, or with SPARTA_BUILDER=host and CC naming a cross compiler")
	}
	return nil
}

// container returns the container of this compilation. Only the workspace is writable in it, and it
// has no network: it builds from what the host has resolved.
func (c *compilation) container(ctx context.Context, found engine.Engine, environ []string) (container, error) {
	sources, err := c.Sources(ctx)
	if err != nil {
		return container{}, err
	}
	home, cache := filepath.Join(c.Workspace, "cache", "home"), gobuild.Cache(c.Workspace)
	modules := c.Env.GOMODCACHE
	readOnly := append([]string{modules}, sources...)
	named, err := c.namedFiles()
	if err != nil {
		return container{}, err
	}
	readOnly = append(readOnly, named...)
	// If the engine made the folders, they would be root's, and the caller could not remove them.
	for _, dir := range []string{home, cache} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return container{}, fmt.Errorf("write to the workspace: %w", err)
		}
	}
	if !files.Exists(modules) { // nothing has ever been downloaded
		modules = filepath.Join(c.Workspace, "cache", "mod")
	}
	env := append(c.GoSettings.Variables(), c.variables()...)
	env = append(env,
		"HOME="+home, "GOCACHE="+cache, "GOMODCACHE="+modules,
		"GOPROXY=off", "GOTOOLCHAIN=local",
		"GOWORK="+cmp.Or(c.Env.GOWORK, "off")) // the container must not look for a go.work if the host has found none
	return container{
		Name:      containerName(),
		Label:     c.Workspace,
		Image:     c.Image,
		Platform:  c.GOOS + "/" + c.GOARCH,
		Dir:       c.Dir,
		User:      found.User,
		UserNS:    found.UserNS,
		NoSELinux: engine.EnforcesSELinux(),
		// The go command reports a missing folder, unless it is not needed, such as a replacement in a vendored build.
		ReadOnly:  gosource.Outermost(files.Existing(readOnly)),
		ReadWrite: gosource.Outermost(files.Existing([]string{c.Workspace, cache})),
		Env:       env,
		Inherit:   settings.Names(environ),
	}, nil
}

// namedFiles returns the files outside of the sources that GOFLAGS names, and that a container therefore needs.
func (c *compilation) namedFiles() ([]string, error) {
	var paths []string
	if modFile := c.flags.ModFile(c.Dir); modFile != "" {
		paths = append(paths, filepath.Dir(modFile)) // with its .sum
	}
	if profile := c.flags.Profile(c.Dir, ""); filepath.IsAbs(profile) {
		paths = append(paths, profile)
	}
	for _, replacement := range c.UserOverlay {
		if replacement != "" {
			paths = append(paths, replacement)
		}
	}
	switch program := c.flags.Toolexec(); {
	case filepath.IsAbs(program):
		paths = append(paths, program)
	case program != "":
		return nil, fmt.Errorf("GOFLAGS has -toolexec=%s, which a container does not have: write its absolute path, "+
			"or build with SPARTA_BUILDER=host", program)
	}
	return paths, nil
}
