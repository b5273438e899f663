// Package builder builds an application's package for Lambda in steps, from the analysis of the sources to the zip.
// Package spartamage has the targets and calls this one, which mage need not parse at each start.
package builder

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/engine"
	"github.com/go-sparta/sparta/internal/files"
	"github.com/go-sparta/sparta/internal/fingerprint"
	"github.com/go-sparta/sparta/internal/gobuild"
	"github.com/go-sparta/sparta/internal/gosource"
	"github.com/go-sparta/sparta/internal/programs"
	"github.com/go-sparta/sparta/internal/progress"
	"github.com/go-sparta/sparta/internal/requirements"
	"github.com/go-sparta/sparta/internal/rewrite"
	"github.com/go-sparta/sparta/internal/stage"
	"github.com/go-sparta/sparta/internal/supply"
	"github.com/go-sparta/sparta/internal/workspace"
)

// Build builds the package, as spartamage.Build describes it.
func Build(ctx context.Context, opts Options) (*Artifact, error) {
	opts.warned = isWarned(ctx)
	artifact, err := newBuilder(opts).build(ctx)
	if err != nil {
		return nil, fmt.Errorf("build: %w", err)
	}
	return artifact, nil
}

// builder is one build, with what each step leaves for the next.
type builder struct {
	opts       Options
	workspace  workspace.Dir
	output     workspace.Dir // for the package; the workspace, unless it is built again to compare it
	log        *logrus.Logger
	env        gosource.Environment
	goSettings gosource.Settings
	app        *gosource.Application
	rewritten  *rewrite.Transformation
	extras     []stage.Extra
	packages   requirements.Packages
	artifact   Artifact
	library    gobuild.Compiled

	// engine finds the container engine, once; nil if no container can or may compile the library.
	engine func() (engine.Engine, error)
	prints map[bool]fingerprint.Fingerprint // by whether a container compiles it
	cMark  string                           // see rewrite.MarkPackages

	documents supply.Documents
	sources   fingerprint.Sources

	checked bool // whether the Python modules have no syntax errors
}

func newBuilder(opts Options) *builder {
	if opts.memory == nil {
		opts.memory = &gosource.Memory{File: opts.Workspace.Findings()}
	}
	return &builder{opts: opts, workspace: opts.Workspace, output: opts.Workspace, log: opts.Logger}
}

func (b *builder) build(ctx context.Context) (*Artifact, error) {
	start := time.Now()
	if err := b.analyze(ctx); err != nil {
		return nil, err
	}
	b.log.WithFields(logrus.Fields{progress.Step: "examine", progress.Took: time.Since(start)}).
		Debugf("%s in %s, %d packages", b.app.Main.ImportPath, b.app.Main.Dir, len(b.app.Packages))
	release, err := b.open(ctx)
	if err != nil {
		return nil, err
	}
	defer release()
	if done, err := b.unchanged(ctx); err != nil || done != nil {
		if err != nil {
			return nil, err
		}
		_ = rewrite.RemoveRejected(b.opts.Dir) // the failed build's change has been undone
		b.log.WithField(progress.Step, "unchanged").Info(b.shown(done.Zip))
		return done, nil
	}
	return b.finish(ctx)
}

// open locks the workspace after the analysis. If there is none yet, what is wrong with Python modules is reported
// before it is made. Otherwise they are checked only if there is something to build.
func (b *builder) open(ctx context.Context) (release func(), err error) {
	if !files.Exists(string(b.workspace)) {
		if err := b.checkModules(ctx); err != nil {
			return nil, err
		}
	}
	if release, err = b.lock(ctx); err == nil {
		_ = b.opts.memory.Save() // without it, the next build asks again
	}
	return release, err
}

// checkModules returns an error if a Python module has a syntax error. It checks them only once.
func (b *builder) checkModules(ctx context.Context) error {
	if b.checked {
		return nil
	}
	warning, err := stage.CheckModules(ctx, b.opts.files(b.packages), b.extras, b.opts.Python)
	if err != nil {
		return err
	}
	b.checked = true
	if warning != "" {
		b.log.Warn(warning)
	}
	return nil
}

// lock makes the workspace, waits for other builds in it to end, and keeps others out until it is released.
func (b *builder) lock(ctx context.Context) (release func(), err error) {
	return b.workspace.Open(ctx, func() { b.log.Info("Waiting for another build in " + b.shown(string(b.workspace))) })
}

// finish builds the package from the analysis. The caller has locked the workspace.
func (b *builder) finish(ctx context.Context) (*Artifact, error) {
	if b.rewritten.Bridge.Elsewhere(b.workspace) {
		release, err := b.rewritten.Bridge.Workspace.Open(ctx, func() {})
		if err != nil {
			return nil, err
		}
		defer release()
	}
	if err := b.checkModules(ctx); err != nil {
		return nil, err
	}
	if err := b.vulncheck(ctx); err != nil {
		return nil, err
	}
	if raised := b.app.ReportRaised(b.env.GOMOD, filepath.Join(programs.CompiledFrom(), "go.mod")); raised != "" {
		b.log.Info(raised)
	}
	for _, s := range []struct {
		name string
		run  func(context.Context) (string, error)
	}{
		{"transform", b.transform},
		{"compile", b.compile},
		{"check", b.check},
		{"package", b.pack},
	} {
		if err := progress.Run(b.log, s.name, func() (string, error) { return s.run(ctx) }); err != nil {
			return nil, fmt.Errorf("%s: %w", s.name, err)
		}
	}
	if b.opts.unpacked || b.output != b.workspace {
		return &b.artifact, nil
	}
	if err := b.document(b.builtBy(ctx)); err != nil {
		return nil, err
	}
	return &b.artifact, b.workspace.WriteRecord(b.recordPath(), record{
		Fingerprint: b.prints[b.library.Container].Inputs,
		Container:   b.library.Container,
		Image:       b.library.Image,
		Artifact:    b.artifact,
		Provenance:  b.documents.Provenance,
	}, b.sources)
}
