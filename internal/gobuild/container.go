package gobuild

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/go-sparta/sparta/internal/commandline"
	"github.com/go-sparta/sparta/internal/engine"
	"github.com/go-sparta/sparta/internal/files"
	"github.com/go-sparta/sparta/internal/gosource"
)

// Container is a container that runs one command and is then removed. Every folder has the same absolute path inside as
// outside, so that an overlay and a compiler's messages are valid in both.
type Container struct {
	Name      string   // unique: it identifies the container to end
	Label     string   // the workspace
	Image     string   // golang:1.26.8
	Platform  string   // linux/arm64
	Dir       string   // the command's working directory
	User      string   // uid:gid; empty means the image's default
	UserNS    string   // --userns: keep-id or host; empty means the engine's default
	NoSELinux bool     // SELinux would refuse folders that are not labelled for containers
	ReadOnly  []string // folders and files
	ReadWrite []string
	Env       []string // NAME=value
	Inherit   []string // names of variables that the engine reads from its own environment
}

// container returns the container of this compilation, without a name. Only the workspace is writable in it, and it
// has no network: it builds from what the host has resolved.
func (c *compilation) container(ctx context.Context, found engine.Engine, environ []string) (Container, error) {
	sources, err := c.Sources(ctx)
	if err != nil {
		return Container{}, err
	}
	home, cache := filepath.Join(c.Workspace, "cache", "home"), Cache(c.Workspace)
	modules := c.Env.GOMODCACHE
	readOnly := append([]string{modules}, sources...)
	named, err := c.flags.Files(c.Dir)
	if err != nil {
		return Container{}, err
	}
	readOnly = append(append(readOnly, named...), c.UserOverlay.Replacements()...)
	// If the engine made the folders, they would be root's, and the caller could not remove them.
	for _, dir := range []string{home, cache} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return Container{}, fmt.Errorf("write to the workspace: %w", err)
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
	return Container{
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
		Inherit:   commandline.SettingNames(environ),
	}, nil
}

// Args returns the arguments of the engine.
func (c Container) Args(command ...string) []string {
	args := []string{"run", "--rm", "--pull=never", "--name", c.Name, "--label", engine.WorkspaceLabel + "=" + c.Label}
	args = append(args, "--platform", c.Platform, "--network", "none")
	if c.User != "" {
		args = append(args, "--user", c.User)
	}
	if c.UserNS != "" {
		args = append(args, "--userns", c.UserNS)
	}
	if c.NoSELinux {
		args = append(args, "--security-opt", "label=disable")
	}
	for _, path := range c.ReadOnly {
		args = append(args, "--mount", engine.BindMount(path, "readonly"))
	}
	for _, path := range c.ReadWrite {
		args = append(args, "--mount", engine.BindMount(path))
	}
	args = append(args, "-w", c.Dir)
	for _, variable := range c.Env {
		args = append(args, "-e", variable)
	}
	for _, name := range c.Inherit {
		args = append(args, "-e", name)
	}
	return append(append(args, c.Image), command...)
}
