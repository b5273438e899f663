package builder

import (
	"cmp"
	"context"
	"errors"
	"os"
	"sync"

	"github.com/go-sparta/sparta/internal/commandline"
	"github.com/go-sparta/sparta/internal/engine"
	"github.com/go-sparta/sparta/internal/gosource"
	"github.com/go-sparta/sparta/internal/naming"
	"github.com/go-sparta/sparta/internal/requirements"
	"github.com/go-sparta/sparta/internal/rewrite"
	"github.com/go-sparta/sparta/internal/stage"
)

// analyze reads the application, and reports what is wrong with it before
// anything is written.
func (b *builder) analyze(ctx context.Context) error {
	if err := b.list(ctx); err != nil {
		return err
	}
	if err := b.rewrite(); err != nil {
		return err
	}
	return b.fingerprintInputs(ctx)
}

// list finds the application's packages.
func (b *builder) list(ctx context.Context) (err error) {
	found, err := b.opts.memory.Find(ctx, b.opts.list(), b.opts.variables(), func(env gosource.Environment) {
		b.env = env
		b.opts.Image = cmp.Or(b.opts.Image, "golang:"+env.Version())
		b.findEngine(ctx)
	})
	if err != nil {
		return err
	}
	b.goSettings, b.app = found.Settings, found.App
	name := b.opts.Name
	if name == "" {
		name = naming.Application(b.app.Main.ImportPath)
	}
	b.artifact = Artifact{
		Name:     name,
		Original: b.app.Original(),
		Zip:      b.output.Zip(name),
		GOOS:     b.opts.GOOS,
		GOARCH:   b.opts.GOARCH,
		Python:   b.opts.Python,
	}
	return nil
}

// rewrite transforms the application's sources into the library's.
func (b *builder) rewrite() error {
	bridge, err := rewrite.FindBridge(b.app, b.workspace)
	if err != nil {
		return err
	}
	err = b.parse(bridge)
	if !b.opts.warned {
		for _, warning := range commandline.UnknownSettings(os.Environ(), b.app.Mentions) {
			b.log.Warn(warning)
		}
	}
	return err
}

// parse parses the application's sources and rewrites them in memory. A syntax error is one of the compiler's.
func (b *builder) parse(bridge rewrite.Place) (err error) {
	b.rewritten, err = rewrite.Transform(b.app, bridge)
	if wrong := new(rewrite.SyntaxError); errors.As(err, &wrong) {
		return errors.New(wrong.Text(b.shown))
	}
	return err
}

// fingerprintInputs finds the further files of the package, and fingerprints everything that goes into it.
func (b *builder) fingerprintInputs(ctx context.Context) (err error) {
	// What is cheap to check comes before what pip does.
	if _, err = stage.Plan(ctx, b.opts.files(b.packages), b.artifact.Name); err != nil {
		return err
	}
	if b.packages, err = requirements.Prepare(ctx, b.opts.requirements()); err != nil {
		return err
	}
	if b.extras, err = stage.Plan(ctx, b.opts.files(b.packages), b.artifact.Name); err != nil {
		return err
	}
	if err := b.checkExtras(); err != nil {
		return err
	}
	return b.takeFingerprints(ctx)
}

// checkExtras returns an error if the further files, or the packages of a layer, are too large for Lambda, and logs the
// files whose content a symbolic link takes from outside the application's folder.
func (b *builder) checkExtras() error {
	for _, e := range b.extras {
		if e.Outside != "" {
			b.log.Infof("%s in the package is the content of %s, where a symbolic link leads", e.Target, e.Outside)
		}
	}
	if err := stage.CheckSize(b.shown(b.artifact.Zip), b.extras); err != nil || !b.opts.RequirementsLayer {
		return err
	}
	return b.packages.CheckLayer(0)
}

// findEngine starts to look for the container engine, unless no container can or may compile the library.
func (b *builder) findEngine(ctx context.Context) {
	if b.opts.Builder == "host" || engine.CheckSystem(b.opts.GOOS) != nil {
		return
	}
	query := engine.Query{
		CLI:      b.opts.ContainerCLI,
		Image:    b.opts.Image,
		Platform: b.opts.GOOS + "/" + b.opts.GOARCH,
	}
	b.engine = sync.OnceValues(func() (engine.Engine, error) { return engine.Find(ctx, query) })
	go b.engine() // its answer is needed after the sources have been read
}
