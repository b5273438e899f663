package spartamage

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

// buildForThisMachine builds the package that will be deployed if this machine can
// run it, or else one for this machine, in a workspace of its own.
func buildForThisMachine(ctx context.Context, opts BuildOptions) (*Artifact, error) {
	opts, err := opts.forThisMachine(ctx)
	if err != nil {
		return nil, err
	}
	opts.RequirementsLayer = opts.RequirementsLayer && !opts.local // where Python finds them without a layer
	artifact, err := build(ctx, opts)
	if err != nil {
		return nil, fmt.Errorf("build: %w", err)
	}
	return artifact, nil
}

func (o BuildOptions) forThisMachine(ctx context.Context) (BuildOptions, error) {
	o, err := o.resolve()
	if err != nil {
		return o, err
	}
	o.Vulncheck = "false" // which is for what is deployed
	if o.GOOS != runtime.GOOS || o.GOARCH != runtime.GOARCH || requirements.NeedsLocal(ctx, o.Requirements, o.Python) {
		o.GOOS, o.GOARCH, o.local = runtime.GOOS, runtime.GOARCH, true
		if o.GOOS != "linux" {
			o.Builder = "host"
		}
		o.workspace = o.workspace.Local()
	}
	if err := files.CanRun(string(o.workspace)); err != nil { // Python could not load the library
		return o, fmt.Errorf("run the package: %w", err)
	}
	return o, nil
}

// Workbench builds an application for this machine again and again, for local runs: without a zip, and asking the go
// command only about what has changed.
type Workbench struct{ opts BuildOptions }

// LocalBuild is a build of a Workbench. If the application does not compile, it has only what was read.
type LocalBuild struct {
	Artifact    Artifact     // without a zip
	Options     BuildOptions // with the environment and the defaults
	Application string       // import path of the main package
	Sparta      bool         // whether it describes itself, by calling cgo.Main

	Roots    []string // folders of the modules
	Inputs   []string // paths of the files that were read
	Embedded []string // those of Inputs that package embed adds to the library
}

// WorkbenchOptions say what a Workbench builds.
type WorkbenchOptions struct {
	Build BuildOptions
	Debug bool // for a debugger: with symbols, and without optimizations
}

// NewWorkbench returns a Workbench. Without another setting, this machine's own toolchain compiles the library if it
// can, because that is faster than a container.
func NewWorkbench(ctx context.Context, options WorkbenchOptions) (*Workbench, error) {
	opts, err := options.Build.forThisMachine(ctx)
	if err != nil {
		return nil, err
	}
	if opts.Builder == "auto" {
		env, err := gosource.ReadEnvironment(ctx, opts.Dir, opts.GOOS, opts.GOARCH, opts.compiler()...)
		if err == nil && (gobuild.Target{GOOS: opts.GOOS, GOARCH: opts.GOARCH}).Check(ctx, env) == nil {
			opts.Builder = "host"
		}
	}
	opts.debug = options.Debug
	// As a layer, installed packages need not be copied.
	opts.unpacked, opts.RequirementsLayer, opts.memory = true, true, opts.memorize()
	return &Workbench{opts}, nil
}

// Build builds the application. The log gets the steps.
func (w *Workbench) Build(ctx context.Context, log *logrus.Logger) (LocalBuild, error) {
	b := newBuilder(w.opts)
	b.log = log
	built := LocalBuild{Options: w.opts}
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
