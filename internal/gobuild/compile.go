package gobuild

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/engine"
)

// Compiled describes what has compiled a library.
type Compiled struct {
	By        string // for people: golang:1.26.8 in docker
	Container bool
	Image     string // ID of the image that the engine has, even if the host's toolchain had to replace it
}

// Compile builds the application's library. Builder auto is a container or, if there is no engine or image, the
// host's own toolchain.
func Compile(ctx context.Context, o Options) (builder Compiled, err error) {
	engine.RemoveOrphans(ctx, o.Workspace)
	c, err := o.prepare(ctx)
	if err != nil {
		return Compiled{}, err
	}
	defer os.RemoveAll(c.partial)
	switch {
	case o.Builder == "host":
		builder, err = c.onHost(ctx)
	case o.Builder == "docker" || o.Builder == "auto" && o.GOOS == "linux":
		if builder, err = c.inContainer(ctx); err != nil && o.Builder == "auto" {
			builder, err = c.onHostInstead(ctx, err)
		}
	case o.Builder == "auto": // a container's system is Linux
		builder, err = c.onHost(ctx)
	default:
		err = fmt.Errorf("unknown builder %q: use auto, docker or host (SPARTA_BUILDER)", o.Builder)
	}
	if err != nil {
		return Compiled{}, err
	}
	// Renaming is atomic: nobody finds half a library.
	if err := os.Rename(c.build.Output, o.Output); err != nil {
		return Compiled{}, fmt.Errorf("store the library: %w; run cgo:clean to remove what is in its place", err)
	}
	return builder, nil
}

func (c *compilation) onHost(ctx context.Context) (Compiled, error) {
	if err := c.target().Check(ctx, c.Env); err != nil {
		return Compiled{}, fmt.Errorf("build on this machine: %w", err)
	}
	scratch, remove := Scratch()
	defer remove()
	variables := append(append(c.variables(), c.Variables...), scratch...)
	compiler, target := "go"+c.Env.Version(), c.GOOS+"/"+c.GOARCH+c.variant()
	output, err := Timed(c.Log, c.Workspace, compiler, target, func() (string, error) {
		return OnHost(ctx, c.Dir, c.build, variables)
	})
	return Compiled{By: "the host's go" + c.Env.Version()}, Outcome(output, err)
}

// variant is what sets the compiled standard library apart from that of other builds for the same system.
func (c *compilation) variant() string {
	if c.Debug {
		return "-debug"
	}
	return ""
}

func (c *compilation) target() Target { return Target{GOOS: c.GOOS, GOARCH: c.GOARCH} }

// onHostInstead tries the host if the container engine failed. An application that does not compile
// in a container does not compile on the host either.
func (c *compilation) onHostInstead(ctx context.Context, failure error) (Compiled, error) {
	var fault *engine.Error
	if ctx.Err() != nil || !errors.As(failure, &fault) {
		return Compiled{}, failure
	}
	if err := c.target().Check(ctx, c.Env); err != nil {
		return Compiled{}, fmt.Errorf("%w\nand the host's own toolchain cannot replace it: %w", failure, err)
	}
	c.Log.WithField("because", failure).Warn("Building with the host's own toolchain instead of in a container")
	builder, err := c.onHost(ctx)
	if found, findErr := c.Engine(); findErr == nil && found.HasImage {
		builder.Image = found.ID
	}
	return builder, err
}

func (c *compilation) inContainer(ctx context.Context) (Compiled, error) {
	if err := engine.CheckSystem(c.GOOS); err != nil {
		return Compiled{}, err
	}
	platform := c.GOOS + "/" + c.GOARCH
	found, err := c.Engine()
	if err != nil {
		return Compiled{}, err
	}
	if !found.HasImage {
		c.Log.WithFields(logrus.Fields{"Image": c.Image, "Platform": platform}).Info("Pulling the image, once")
		if err := found.Pull(ctx, c.Image, platform, c.Stderr); err != nil {
			return Compiled{}, err
		}
		query := engine.Query{CLI: found.CLI, Image: c.Image, Platform: platform}
		if found, err = engine.Find(ctx, query); err != nil {
			return Compiled{}, err
		}
	}
	container, err := c.container(ctx, found, os.Environ())
	if err != nil {
		return Compiled{}, err
	}
	if err := engine.MarkContainer(c.Workspace, found.CLI); err != nil {
		return Compiled{}, err
	}
	defer func() {
		if ctx.Err() == nil { // otherwise the container may still run
			_ = os.Remove(engine.ContainerMark(c.Workspace))
		}
	}()
	command := append([]string{"go"}, c.build.Args()...)
	output, err := Timed(c.Log, c.Workspace, c.Image, platform+c.variant(), func() (string, error) {
		return c.RunContainer(ctx, found.CLI, container, command...)
	})
	by := c.Image + " in " + strings.TrimSuffix(filepath.Base(found.CLI), ".exe")
	return Compiled{By: by, Container: true, Image: found.ID}, Outcome(output, err)
}
