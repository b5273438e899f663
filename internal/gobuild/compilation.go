package gobuild

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/engine"
	"github.com/go-sparta/sparta/internal/goflags"
	"github.com/go-sparta/sparta/internal/gosource"
)

// Options say what to compile, from which sources, where and for which system. All paths
// are absolute. The modules it needs are in GOMODCACHE already: listing the packages put them there.
type Options struct {
	Dir       string   // the working directory, whose paths the compiler's messages are relative to
	Workspace string   // .sparta, which the caller has locked: the only folder that is written to
	Package   string   // an import path, or a path like "./cmd/x" or "./main.go"
	Added     []string // names of more files of the package, if Package is one
	Output    string   // the library, in Workspace
	Overlay   string   // overlay.json, in Workspace

	Builder string // auto, docker or host
	Image   string
	Engine  func() (engine.Engine, error) // finds the one to use; not called to build on the host

	GOOS, GOARCH string
	Env          gosource.Environment
	GoSettings   gosource.Settings
	UserOverlay  gosource.Overlay // which Overlay contains
	CMark        string           // changes with files that C code of the module cache includes or links
	Variables    []string         // NAME=value, for the go command on the host in addition to the environment
	Tags         []string         // build tags, each entry one or several
	LDFlags      string           // as for go build -ldflags
	Debug        bool             // for a debugger

	// Sources lists the folders that hold them: module roots and the targets of replace directives.
	Sources func(context.Context) ([]string, error)

	// RunContainer runs a command in a container and returns its output, both streams. The error is an *exec.ExitError
	// if the command fails, and an *engine.Error if the engine does.
	RunContainer func(ctx context.Context, cli string, container Container, command ...string) (string, error)

	Log    *logrus.Logger
	Stderr io.Writer // progress of a pull; nil means none
}

// compilation is what Options describe, with everything resolved.
type compilation struct {
	Options
	flags   goflags.Inherited
	build   Build
	partial string // the folder that holds the library until it is complete
}

func (o Options) prepare(ctx context.Context) (*compilation, error) {
	if o.Stderr == nil {
		o.Stderr = io.Discard
	}
	if strings.HasPrefix(o.Package, "-") {
		return nil, fmt.Errorf("package %q looks like a flag: name it as ./%s", o.Package, o.Package)
	}
	c := &compilation{Options: o}
	var err error
	if c.flags, err = goflags.Read(c.Env.GOFLAGS); err != nil {
		return nil, err
	}
	if c.partial, err = NewPartial(c.Output); err != nil {
		return nil, err
	}
	// The file's name is the library's, because on macOS it becomes part of the library.
	c.build = Build{
		Package: o.Package,
		Added:   o.Added,
		Output:  filepath.Join(c.partial, filepath.Base(o.Output)),
		Overlay: o.Overlay,
		Debug:   o.Debug,
		Tags:    append(c.flags.Tags, o.Tags...),
		LDFlags: strings.TrimSpace(c.flags.LDFlags + " " + strings.TrimPrefix(strings.TrimSpace(o.LDFlags), "all=")),
	}
	return c, nil
}

// variables returns the environment of the go command for both builders.
func (c *compilation) variables() []string {
	variables := []string{
		"GOOS=" + c.GOOS, "GOARCH=" + c.GOARCH, "CGO_ENABLED=1", "GOFLAGS=" + c.flags.Rest,
	}
	if c.CMark != "" {
		flags := strings.TrimSpace(c.GoSettings["CGO_CPPFLAGS"] + " -Dsparta_inputs=" + c.CMark)
		variables = append(variables, "CGO_CPPFLAGS="+flags)
	}
	return variables
}
