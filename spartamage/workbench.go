package spartamage

import (
	"context"

	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/builder"
)

// Workbench builds an application for this machine again and again, for local runs: without a zip, and asking the go
// command only about what has changed.
type Workbench struct{ bench *builder.Workbench }

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
	opts, err := options.Build.resolve()
	if err != nil {
		return nil, err
	}
	bench, err := builder.NewWorkbench(ctx, opts, options.Debug)
	if err != nil {
		return nil, err
	}
	return &Workbench{bench}, nil
}

// Build builds the application. The log gets the steps.
func (w *Workbench) Build(ctx context.Context, log *logrus.Logger) (LocalBuild, error) {
	built, err := w.bench.Build(ctx, log)
	return LocalBuild{
		Artifact:    Artifact(built.Artifact),
		Options:     BuildOptions(built.Settings),
		Application: built.Application,
		Sparta:      built.Sparta,
		Roots:       built.Roots,
		Inputs:      built.Inputs,
		Embedded:    built.Embedded,
	}, err
}
