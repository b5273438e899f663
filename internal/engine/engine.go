// Package engine finds a container engine that can be used, and reports what is wrong with others.
package engine

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/go-sparta/sparta/internal/process"
)

// Query says which engine and image a build needs.
type Query struct {
	CLI      string        // docker, podman and so on; empty tries the known ones in order
	Image    string        // golang:1.26.8
	Platform string        // linux/arm64
	Timeout  time.Duration // for each query of an engine; 0 means 10 s
}

// Engine is an engine that answers.
type Engine struct {
	CLI      string // its executable
	HasImage bool   // whether it has the image for the platform
	Found    string // the platform of the image with that name, if it has one
	ID       string // of that image
	User     string // --user and --userns, which make the caller own what a container writes
	UserNS   string
}

// clients are the programs of the engines that are tried, in this order.
var clients = []string{"docker", "podman", "finch", "nerdctl"}

// Known returns the path of an engine's client if it is one that Find may return now: one of the known engines on PATH,
// or the one that SPARTA_CONTAINER_CLI names.
func Known(cli string) (string, error) {
	for _, name := range append(slices.Clone(clients), os.Getenv("SPARTA_CONTAINER_CLI")) {
		if path, err := exec.LookPath(name); name != "" && err == nil && path == cli {
			return path, nil
		}
	}
	return "", fmt.Errorf("%q is not a container engine on PATH", cli)
}

// Find returns the first engine that answers. It sends no more queries than necessary.
func Find(ctx context.Context, q Query) (Engine, error) {
	candidates := []string{q.CLI}
	if q.CLI == "" {
		candidates = clients
	}
	if q.Timeout == 0 {
		q.Timeout = 10 * time.Second
	}
	var first error
	for _, name := range candidates {
		path, err := exec.LookPath(name)
		if err != nil {
			continue
		}
		engine, err := q.ask(ctx, path)
		if err == nil {
			return engine, nil
		}
		if ctx.Err() != nil {
			return engine, fmt.Errorf("look for a container engine: %w", context.Cause(ctx))
		}
		if first == nil {
			first = err
		}
	}
	if first != nil {
		return Engine{}, first
	}
	if q.CLI != "" {
		return Engine{}, &Error{
			Problem: ErrNone,
			CLI:     q.CLI,
			Words:   "SPARTA_CONTAINER_CLI names " + q.CLI + ", which is not on PATH",
			Next:    "install it, or unset SPARTA_CONTAINER_CLI",
		}
	}
	return Engine{}, &Error{
		Problem: ErrNone,
		Words:   "none of docker, podman, finch and nerdctl is on PATH",
		Next:    "install Docker (https://docs.docker.com/get-docker) or name another engine with SPARTA_CONTAINER_CLI",
	}
}

// ask finds out whether the engine runs, whether the user may use it, and whether it has the image.
func (q Query) ask(ctx context.Context, cli string) (Engine, error) {
	engine := Engine{CLI: cli}
	identity := make(chan error, 1)
	go func() { identity <- engine.identify(ctx, q.Timeout) }()
	const format = "--format={{.Os}}/{{.Architecture}} {{.Id}}"
	out, stderr, err := Output(ctx, q.Timeout, cli, "image", "inspect", format, q.Image)
	if fault := <-identity; err == nil && fault != nil {
		return engine, fault
	}
	if err == nil {
		engine.Found, engine.ID, _ = strings.Cut(strings.TrimSpace(out), " ")
		engine.HasImage = samePlatform(engine.Found, q.Platform)
		return engine, nil
	}
	words := LastLines(stderr, 2)
	fault := engineFault(cli, words, err)
	if fault != nil {
		return engine, fault
	}
	if !saysNoImage(words) {
		// The message is unknown: check whether the engine answers at all.
		if _, stderr, err := Output(ctx, q.Timeout, cli, "version"); err != nil {
			words := LastLines(stderr, 2)
			if fault := engineFault(cli, words, err); fault != nil {
				return engine, fault
			}
			return engine, &Error{
				Problem: ErrDown,
				CLI:     cli,
				Words:   words,
				Next:    "find out with `" + filepath.Base(cli) + " version`, or build with SPARTA_BUILDER=host",
			}
		}
	}
	return engine, nil
}

// identify sets the user that the container runs as, so that the caller owns what it writes. An engine that
// maps users has to be asked how. Root is mapped to root, if root may use the engine.
func (e *Engine) identify(ctx context.Context, timeout time.Duration) error {
	uid, gid := os.Getuid(), os.Getgid()
	if runtime.GOOS == "windows" {
		return nil
	}
	e.User = fmt.Sprintf("%d:%d", uid, gid)
	if uid == 0 || runtime.GOOS != "linux" {
		return nil
	}
	out, stderr, err := Output(ctx, timeout, e.CLI, "info", "--format", "{{json .}}")
	if err != nil {
		words := LastLines(stderr, 2)
		if fault := engineFault(e.CLI, words, err); fault != nil {
			return fault
		}
		return nil // differs between versions of nerdctl and finch: continue as with Docker
	}
	var info engineInfo
	if json.Unmarshal([]byte(out), &info) != nil {
		return nil
	}
	e.User, e.UserNS = info.identity(uid, gid)
	return nil
}

// engineInfo is the part of `docker info` (SecurityOptions) and `podman info` (Host) that shows how an engine
// maps users.
type engineInfo struct {
	SecurityOptions []string
	Host            *struct {
		Security struct{ Rootless bool }
	}
}

func (i engineInfo) identity(uid, gid int) (user, userns string) {
	user = fmt.Sprintf("%d:%d", uid, gid)
	if i.Host != nil && i.Host.Security.Rootless {
		return user, "keep-id"
	}
	for _, option := range i.SecurityOptions {
		switch name, _, _ := strings.Cut(option, ","); name {
		case "name=rootless":
			return "0:0", "" // the container's root is the caller
		case "name=userns":
			return user, "host"
		}
	}
	return user, ""
}

// pullTimeout allows for slow connections: the image has 300 MB.
const pullTimeout = 15 * time.Minute

// Pull pulls the image for the platform and writes its progress.
func (e Engine) Pull(ctx context.Context, image, platform string, progress io.Writer) error {
	limited, cancel := context.WithTimeout(ctx, pullTimeout)
	defer cancel()
	image = e.PullName(image)
	cmd := process.Command(limited, e.CLI, "pull", "--platform", platform, image)
	var output bytes.Buffer
	both := io.MultiWriter(&output, progress)
	cmd.Stdout, cmd.Stderr = both, both
	err := cmd.Run()
	if err == nil {
		return nil
	}
	if ctx.Err() != nil {
		return fmt.Errorf("pull %s: %w", image, context.Cause(ctx))
	}
	words := LastLines(output.String(), 1)
	if limited.Err() != nil {
		words = "not complete after " + pullTimeout.String()
	}
	name := filepath.Base(e.CLI)
	next := fmt.Sprintf("connect this machine to the registry and run `%s pull --platform %s %s`, or set "+
		"SPARTA_IMAGE to an image that this machine has", name, platform, image)
	if e.Found != "" {
		next = fmt.Sprintf("this machine has %s for %s only: %s", image, e.Found, next)
	}
	return &Error{Problem: ErrNoImage, CLI: e.CLI, Words: image + " for " + platform + ": " + words, Next: next}
}

// Runs reports whether the engine can run the image, which needs emulation for another architecture.
func (e Engine) Runs(ctx context.Context, image, platform string) bool {
	_, _, err := Output(ctx, 30*time.Second, e.CLI,
		"run", "--rm", "--pull=never", "--network", "none", "--platform", platform, image, "go", "version")
	return err == nil
}

// PullName returns the name to pull the image by. Podman may have no default registry.
func (e Engine) PullName(image string) string {
	first, rest, nested := strings.Cut(image, "/")
	switch {
	case strings.TrimSuffix(filepath.Base(e.CLI), ".exe") != "podman",
		nested && (strings.ContainsAny(first, ".:") || first == "localhost"):
		return image
	case nested && rest != "":
		return "docker.io/" + image
	}
	return "docker.io/library/" + image
}

// samePlatform reports whether an image for the platform found can be used for the wanted one. Some engines
// append a variant: linux/arm64/v8.
func samePlatform(found, wanted string) bool {
	return found == wanted || strings.HasPrefix(found, wanted+"/")
}

// Output runs a command of an engine and returns its output. It fails after the timeout.
func Output(ctx context.Context, timeout time.Duration, cli string, args ...string) (stdout, stderr string, err error) {
	limited, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	cmd := exec.CommandContext(limited, cli, args...)
	cmd.WaitDelay = 500 * time.Millisecond
	var out, failure bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &failure
	err = cmd.Run()
	if limited.Err() != nil && ctx.Err() == nil {
		err = fmt.Errorf("no answer to `%s %s` within %s: %w",
			filepath.Base(cli), args[0], timeout, context.DeadlineExceeded)
	}
	return out.String(), failure.String(), err
}

// LastLines returns the last n lines of a command's output as one line.
func LastLines(output string, n int) string {
	lines := strings.Split(strings.TrimSpace(output), "\n")
	return strings.Join(lines[max(0, len(lines)-n):], "; ")
}
