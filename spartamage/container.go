package spartamage

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/go-sparta/sparta/internal/engine"
	"github.com/go-sparta/sparta/internal/files"
	"github.com/go-sparta/sparta/internal/gobuild"
	"github.com/go-sparta/sparta/internal/gosource"
	"github.com/go-sparta/sparta/internal/settings"
)

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
	named, err := c.flags.Files(c.Dir)
	if err != nil {
		return container{}, err
	}
	readOnly = append(append(readOnly, named...), c.UserOverlay.Replacements()...)
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
