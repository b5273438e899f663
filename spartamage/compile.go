package spartamage

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/engine"
	"github.com/go-sparta/sparta/internal/gobuild"
)

// compiled describes what has compiled a library.
type compiled struct {
	By        string // for people: golang:1.26.8 in docker
	Container bool
	Image     string // ID of the image that the engine has, even if the host's toolchain had to replace it
}

// compile builds the application's library. Builder auto is a container or, if there is no engine or image, the
// host's own toolchain.
func compile(ctx context.Context, o compileOptions) (builder compiled, err error) {
	engine.RemoveOrphans(ctx, o.Workspace)
	c, err := o.prepare(ctx)
	if err != nil {
		return compiled{}, err
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
		return compiled{}, err
	}
	// Renaming is atomic: nobody finds half a library.
	if err := os.Rename(c.build.Output, o.Output); err != nil {
		return compiled{}, fmt.Errorf("store the library: %w; run cgo:clean to remove what is in its place", err)
	}
	return builder, nil
}

func (c *compilation) onHost(ctx context.Context) (compiled, error) {
	if err := c.target().Check(ctx, c.Env); err != nil {
		return compiled{}, fmt.Errorf("build on this machine: %w", err)
	}
	scratch, remove := gobuild.Scratch()
	defer remove()
	variables := append(append(c.variables(), c.Compiler...), scratch...)
	output, err := gobuild.Timed(c.Log, c.Workspace, "go"+c.Env.Version(), c.GOOS+"/"+c.GOARCH, func() (string, error) {
		return gobuild.OnHost(ctx, c.Dir, c.build, variables)
	})
	return compiled{By: "the host's go" + c.Env.Version()}, gobuild.Outcome(output, err)
}

func (c *compilation) target() gobuild.Target { return gobuild.Target{GOOS: c.GOOS, GOARCH: c.GOARCH} }

// onHostInstead tries the host if the container engine failed. An application that does not compile
// in a container does not compile on the host either.
func (c *compilation) onHostInstead(ctx context.Context, failure error) (compiled, error) {
	var fault *engine.Error
	if ctx.Err() != nil || !errors.As(failure, &fault) {
		return compiled{}, failure
	}
	if err := c.target().Check(ctx, c.Env); err != nil {
		return compiled{}, fmt.Errorf("%w\nand the host's own toolchain cannot replace it: %w", failure, err)
	}
	c.Log.WithField("because", failure).Warn("Building with the host's own toolchain instead of in a container")
	builder, err := c.onHost(ctx)
	if found, findErr := c.Engine(); findErr == nil && found.HasImage {
		builder.Image = found.ID
	}
	return builder, err
}

func (c *compilation) inContainer(ctx context.Context) (compiled, error) {
	if err := engine.CheckSystem(c.GOOS); err != nil {
		return compiled{}, err
	}
	platform := c.GOOS + "/" + c.GOARCH
	found, err := c.Engine()
	if err != nil {
		return compiled{}, err
	}
	if !found.HasImage {
		c.Log.WithFields(logrus.Fields{"Image": c.Image, "Platform": platform}).Info("Pulling the image, once")
		if err := found.Pull(ctx, c.Image, platform, c.Stderr); err != nil {
			return compiled{}, err
		}
		query := engine.Query{CLI: found.CLI, Image: c.Image, Platform: platform}
		if found, err = engine.Find(ctx, query); err != nil {
			return compiled{}, err
		}
	}
	container, err := c.container(ctx, found, os.Environ())
	if err != nil {
		return compiled{}, err
	}
	if err := engine.MarkContainer(c.Workspace, found.CLI); err != nil {
		return compiled{}, err
	}
	defer func() {
		if ctx.Err() == nil { // otherwise the container may still run
			_ = os.Remove(engine.ContainerMark(c.Workspace))
		}
	}()
	command := append([]string{"go"}, c.build.Args()...)
	output, err := gobuild.Timed(c.Log, c.Workspace, c.Image, platform, func() (string, error) {
		return container.run(ctx, found.CLI, c.Log, filepath.Base(c.Output), command...)
	})
	by := c.Image + " in " + strings.TrimSuffix(filepath.Base(found.CLI), ".exe")
	return compiled{By: by, Container: true, Image: found.ID}, gobuild.Outcome(output, err)
}
