package builder

import (
	"context"
	"fmt"
	"runtime"

	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/files"
	"github.com/go-sparta/sparta/internal/gobuild"
	"github.com/go-sparta/sparta/internal/gosource"
	"github.com/go-sparta/sparta/internal/requirements"
)

// BuildForThisMachine builds the package that will be deployed if this machine can run it, or else one for this
// machine, in a workspace of its own. It reports whether the application describes itself, by calling cgo.Main.
func BuildForThisMachine(ctx context.Context, opts Options) (artifact *Artifact, sparta bool, err error) {
	if opts, err = opts.forThisMachine(ctx); err != nil {
		return nil, false, err
	}
	opts.RequirementsLayer = opts.RequirementsLayer && !opts.local // where Python finds them without a layer
	b := newBuilder(opts)
	if artifact, err = b.build(ctx); err != nil {
		return nil, false, fmt.Errorf("build: %w", err)
	}
	return artifact, b.rewritten.Sparta, nil
}

func (o Options) forThisMachine(ctx context.Context) (Options, error) {
	o.Vulncheck = "false" // which is for what is deployed
	if o.GOOS != runtime.GOOS || o.GOARCH != runtime.GOARCH || requirements.NeedsLocal(ctx, o.Requirements, o.Python) {
		o.GOOS, o.GOARCH, o.local = runtime.GOOS, runtime.GOARCH, true
		if o.GOOS != "linux" {
			o.Builder = "host"
		}
		o.Workspace = o.Workspace.Local()
	}
	if err := files.CanRun(string(o.Workspace)); err != nil { // Python could not load the library
		return o, fmt.Errorf("run the package: %w", err)
	}
	return o, nil
}

// Workbench builds an application again and again, as spartamage.Workbench describes it.
type Workbench struct{ opts Options }

// LocalBuild is a build of a Workbench. The fields are described in spartamage.LocalBuild.
type LocalBuild struct {
	Artifact    Artifact
	Settings    Settings
	Application string
	Sparta      bool

	Roots    []string
	Inputs   []string
	Embedded []string
}

// NewWorkbench returns a Workbench. With debug, it builds for a debugger.
func NewWorkbench(ctx context.Context, opts Options, debug bool) (*Workbench, error) {
	opts, err := opts.forThisMachine(ctx)
	if err != nil {
		return nil, err
	}
	if opts.Builder == "auto" {
		env, err := gosource.ReadEnvironment(ctx, opts.Dir, opts.GOOS, opts.GOARCH, opts.variables()...)
		if err == nil && (gobuild.Target{GOOS: opts.GOOS, GOARCH: opts.GOARCH}).Check(ctx, env) == nil {
			opts.Builder = "host"
		}
	}
	opts.debug = debug
	// As a layer, installed packages need not be copied.
	opts.unpacked, opts.RequirementsLayer = true, true
	opts.memory = &gosource.Memory{File: opts.Workspace.Findings()} // of all builds of this process
	return &Workbench{opts}, nil
}

// Build builds the application. The log gets the steps.
func (w *Workbench) Build(ctx context.Context, log *logrus.Logger) (LocalBuild, error) {
	b := newBuilder(w.opts)
	b.log = log
	built := LocalBuild{Settings: w.opts.Settings}
	if err := b.analyze(ctx); err != nil {
		return built, fmt.Errorf("build: %w", err)
	}
	w.opts.warned = true
	built.Application, built.Sparta = b.app.Main.ImportPath, b.rewritten.Sparta
	built.Roots, built.Inputs, built.Embedded = b.app.Files(b.env)
	for _, extra := range b.extras {
		built.Inputs = append(built.Inputs, extra.Source)
	}
	release, err := b.open(ctx)
	if err != nil {
		return built, fmt.Errorf("build: %w", err)
	}
	defer release()
	// A stage is complete, and its name says what it was built from.
	b.artifact.Stage = b.workspace.Stage(b.artifact.Name, b.prints[false].Inputs)
	if b.opts.Builder != "host" || !files.Exists(b.artifact.Stage) {
		if _, err := b.finish(ctx); err != nil {
			return built, fmt.Errorf("build: %w", err)
		}
	}
	b.artifact.Packages = b.packages.Dir()
	built.Artifact = b.artifact
	return built, nil
}
