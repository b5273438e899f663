package spartamage

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/engine"
	"github.com/go-sparta/sparta/internal/goflags"
	"github.com/go-sparta/sparta/internal/gosource"
)

// compileOptions say what to compile, from which sources, where and for which system. All paths
// are absolute. The modules it needs are in GOMODCACHE already: listing the packages put them there.
type compileOptions struct {
	Dir       string // the working directory, whose paths the compiler's messages are relative to
	Workspace string // .sparta, which the caller has locked: the only folder that is written to
	Package   string // an import path, or a path like "./cmd/x"
	Output    string // the library, in Workspace
	Overlay   string // overlay.json, in Workspace

	Builder string // auto, docker or host
	CLI     string // the container engine; empty means the first that there is
	Image   string // empty means golang:<Env's version>

	GOOS, GOARCH string
	Env          gosource.Environment
	Compiler     []string // CC=… and the like, where the environment's are for something else
	Tags         []string // build tags, each entry one or several
	LDFlags      string   // as for go build -ldflags

	// Sources lists the folders that hold them: module roots and the targets of replace directives.
	Sources func(context.Context) ([]string, error)

	Log    *logrus.Logger
	Stderr io.Writer // progress of a pull; nil means none
}

// compileError is the compiler's refusal of the application.
type compileError struct {
	Text string // the compiler's own, with the user's files and lines
}

func (e *compileError) Error() string { return "the application does not compile:\n" + e.Text }

// compilation is a compile with everything looked up.
type compilation struct {
	compileOptions
	flags   goflags.Inherited
	build   goBuild
	partial string // the folder that holds the library until it is complete
}

// compile builds the application's library and says, for a person, what has built it. Builder auto
// is a container, or where no engine or image is to be had the host's own toolchain, if it can.
func compile(ctx context.Context, o compileOptions) (builder string, err error) {
	endLeftovers(ctx, o.Workspace)
	c, err := o.prepare(ctx)
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(c.partial)
	switch {
	case o.Builder == "host":
		builder, err = c.onHost(ctx)
	case o.Builder == "docker" || o.Builder == "auto" && o.GOOS == "linux":
		if builder, err = c.inContainer(ctx); err != nil && o.Builder == "auto" {
			builder, err = c.elsewhere(ctx, err)
		}
	case o.Builder == "auto": // a container's system is Linux
		builder, err = c.onHost(ctx)
	default:
		err = fmt.Errorf("unknown builder %q: SPARTA_BUILDER is one of auto, docker, host", o.Builder)
	}
	if err != nil {
		return "", err
	}
	// A rename is all or nothing: who finds a library finds a whole one.
	if err := os.Rename(c.build.Output, o.Output); err != nil {
		return "", fmt.Errorf("keep the library: %w; remove what is in its place (cgo:clean)", err)
	}
	return builder, nil
}

func (o compileOptions) prepare(ctx context.Context) (*compilation, error) {
	if o.Image == "" {
		o.Image = "golang:" + o.Env.Version()
	}
	if o.Stderr == nil {
		o.Stderr = io.Discard
	}
	if strings.HasPrefix(o.Package, "-") {
		return nil, fmt.Errorf("package %q looks like a flag: name it as ./%s", o.Package, o.Package)
	}
	c := &compilation{compileOptions: o}
	var err error
	if c.flags, err = goflags.Read(c.Env.GOFLAGS); err != nil {
		return nil, err
	}
	if err := c.makePartial(); err != nil {
		return nil, err
	}
	// The library's own name is kept: on macOS it becomes part of the library.
	c.build = goBuild{
		Package: o.Package, Output: filepath.Join(c.partial, filepath.Base(o.Output)), Overlay: o.Overlay,
		Tags:    append(c.flags.Tags, o.Tags...),
		LDFlags: strings.TrimSpace(c.flags.LDFlags + " " + strings.TrimPrefix(strings.TrimSpace(o.LDFlags), "all=")),
	}
	return c, nil
}

// makePartial makes the folder for the library and removes those of builds that were killed. Its
// name is new, because a killed build's container may still write to the old one.
func (c *compilation) makePartial() error {
	parent := filepath.Dir(c.Output)
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return fmt.Errorf("write to the workspace: %w", err)
	}
	// No path of the user's may be taken for a pattern.
	entries, err := os.ReadDir(parent)
	if err != nil {
		return fmt.Errorf("read the workspace: %w", err)
	}
	for _, entry := range entries {
		if !strings.HasPrefix(entry.Name(), partialPrefix) {
			continue
		}
		if err := os.RemoveAll(filepath.Join(parent, entry.Name())); err != nil {
			return fmt.Errorf("clear what a killed build left: %w", err)
		}
	}
	if c.partial, err = os.MkdirTemp(parent, partialPrefix); err != nil {
		return fmt.Errorf("write to the workspace: %w", err)
	}
	return nil
}

const partialPrefix = "partial-"

// variables are the environment that both builders give the go command.
func (c *compilation) variables() []string {
	return []string{"GOOS=" + c.GOOS, "GOARCH=" + c.GOARCH, "CGO_ENABLED=1", "GOFLAGS=" + c.flags.Rest}
}

func (c *compilation) onHost(ctx context.Context) (string, error) {
	if err := (hostTarget{c.GOOS, c.GOARCH}).check(ctx, c.Env); err != nil {
		return "", fmt.Errorf("build on this machine: %w", err)
	}
	output, err := compileOnHost(ctx, c.Dir, c.build, append(c.variables(), c.Compiler...))
	return "the host's go" + c.Env.Version(), outcome(output, err)
}

// elsewhere tries the host after a container's failure. An application that does not compile there
// does not compile here.
func (c *compilation) elsewhere(ctx context.Context, failure error) (string, error) {
	var fault *engine.Error
	if ctx.Err() != nil || !errors.As(failure, &fault) {
		return "", failure
	}
	if err := (hostTarget{c.GOOS, c.GOARCH}).check(ctx, c.Env); err != nil {
		return "", fmt.Errorf("%w\nand the host's own toolchain cannot stand in: %w", failure, err)
	}
	c.Log.WithField("because", failure).Warn("Building with the host's own toolchain instead of in a container")
	return c.onHost(ctx)
}

func (c *compilation) inContainer(ctx context.Context) (string, error) {
	if err := c.containable(); err != nil {
		return "", err
	}
	platform := c.GOOS + "/" + c.GOARCH
	engine, err := engine.Find(ctx, engine.Query{CLI: c.CLI, Image: c.Image, Platform: platform})
	if err != nil {
		return "", err
	}
	if !engine.HasImage {
		c.Log.WithFields(logrus.Fields{"Image": c.Image, "Platform": platform}).Info("Pulling the image, once")
		if err := engine.Pull(ctx, c.Image, platform, c.Stderr); err != nil {
			return "", err
		}
	}
	box, err := c.container(ctx, engine, os.Environ())
	if err != nil {
		return "", err
	}
	if err := markContainer(c.Workspace, engine.CLI); err != nil {
		return "", err
	}
	defer func() {
		if ctx.Err() == nil { // else it may run on
			_ = os.Remove(containerMark(c.Workspace))
		}
	}()
	output, err := box.run(ctx, engine.CLI, c.Log, filepath.Base(c.Output), append([]string{"go"}, c.build.args()...)...)
	return c.Image + " in " + strings.TrimSuffix(filepath.Base(engine.CLI), ".exe"), outcome(output, err)
}

// outcome makes the error of a go command that has failed with this output.
func outcome(output string, err error) error {
	var exit *exec.ExitError
	text := strings.TrimSpace(output)
	switch {
	case err == nil:
		return nil
	case !errors.As(err, &exit) || text == "":
		return err
	case strings.Contains(text, "no space left on device"):
		return fmt.Errorf("%s\nthe disk is full: make room on it and build again", text)
	case linkerRefusal(text) != "":
		return fmt.Errorf("the linker refuses its flags: %s: see SPARTA_LDFLAGS (and -ldflags in GOFLAGS), and `go tool link -help`", linkerRefusal(text))
	case moduleTrouble.MatchString(text) || !compilerOutput.MatchString(text):
		return gosource.WithAdvice(text)
	}
	return &compileError{Text: text}
}

// linkerRefusal is what the linker has against its flags, or empty.
func linkerRefusal(text string) string {
	found := linkerUsage.FindStringSubmatch(text)
	switch {
	case found == nil:
		return ""
	case strings.HasPrefix(found[1], "# "): // it gives no reason
		return "a word among them is no flag: write values as -name=value"
	}
	return found[1] + found[2]
}

var (
	moduleTrouble  = regexp.MustCompile(`module lookup disabled|missing go\.sum entry|no required module provides|cannot find module providing|dial tcp|updates to go\.(mod|work|sum) needed|inconsistent vendoring`)
	linkerUsage    = regexp.MustCompile(`(?m)^(.*)\nusage: link |^(?:\S*[/\\])?link(?:\.exe)?: (-\S+ flag .*|.* linking requested but .*)$`)
	compilerOutput = regexp.MustCompile(`(?m)^# |^\S+\.(go|c|h|cc|cpp):\d+`)
)
