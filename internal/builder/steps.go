package builder

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/go-sparta/sparta/internal/archive"
	"github.com/go-sparta/sparta/internal/elfcheck"
	"github.com/go-sparta/sparta/internal/files"
	"github.com/go-sparta/sparta/internal/gobuild"
	"github.com/go-sparta/sparta/internal/gosource"
	"github.com/go-sparta/sparta/internal/rewrite"
	"github.com/go-sparta/sparta/internal/stage"
	"github.com/go-sparta/sparta/spartamage/python"
)

func (b *builder) transform(context.Context) (string, error) {
	byFile := gosource.IsFile(b.opts.Package)
	b.cMark = b.rewritten.MarkPackages(b.app, byFile, b.prints[false].C, b.prints[true].C)
	if _, err := b.rewritten.Write(b.workspace); err != nil {
		return "", err
	}
	return b.rewritten.Summary(b.opts.Dir, b.artifact.Original), nil
}

func (b *builder) compile(ctx context.Context) (message string, err error) {
	b.library, err = gobuild.Compile(ctx, gobuild.Options{
		Dir:         b.opts.Dir,
		Workspace:   string(b.workspace),
		Package:     b.opts.Package,
		Added:       b.rewritten.Added(b.app.Main),
		Output:      b.workspace.Library(b.artifact.Name),
		Overlay:     b.workspace.Overlay(),
		Builder:     b.opts.Builder,
		Image:       b.opts.Image,
		Engine:      b.engine,
		GOOS:        b.opts.GOOS,
		GOARCH:      b.opts.GOARCH,
		Env:         b.env,
		GoSettings:  b.goSettings,
		UserOverlay: b.app.Overlay,
		CMark:       b.cMark,
		Variables:   b.opts.variables(),
		Tags:        append(b.rewritten.Tags(b.app), b.opts.Tags),
		LDFlags:     gobuild.WithoutBuildID(b.opts.LDFlags),
		Debug:       b.opts.debug,
		Sources: func(ctx context.Context) ([]string, error) {
			return gosource.Folders(ctx, b.env, b.app, b.opts.Dir)
		},
		RunContainer: b.opts.RunContainer(b.log, b.artifact.Name+".so"),
		Log:          b.log,
		Stderr:       b.log.Out,
	})
	if rejected := new(gobuild.CompileError); errors.As(err, &rejected) {
		where := b.shown(b.workspace.Src())
		if b.opts.unpacked { // it is compiled again after each change
			return "", err
		}
		if saved := b.rewritten.SaveRejected(b.opts.Dir); len(saved) > 0 {
			where = strings.Join(saved, ", ") + ", all of it is in " + where
		}
		return "", fmt.Errorf("%w\nthe rewritten source is in %s", err, where)
	} else if err != nil {
		return "", err
	}
	_ = rewrite.RemoveRejected(b.opts.Dir)
	b.artifact.Builder = b.library.By
	return fmt.Sprintf("%s, %s/%s", b.library.By, b.opts.GOOS, b.opts.GOARCH), nil
}

func (b *builder) check(context.Context) (string, error) {
	if b.opts.GOOS != "linux" {
		return "not for Lambda: built for " + b.opts.GOOS, nil
	}
	report, err := elfcheck.Check(b.workspace.Library(b.artifact.Name), elfcheck.Options{
		GOARCH:  b.opts.GOARCH,
		Python:  b.opts.Python,
		Exports: python.Calls,
		Shipped: stage.Shipped(b.extras),
	})
	newer := new(elfcheck.NewerGLIBC)
	switch {
	case err != nil && b.opts.unpacked && errors.As(err, &newer):
		if !b.opts.warned { // it is built again and again
			b.log.Warnf("the library runs here, but not on Lambda: %v", newer)
		}
	case err != nil:
		return "", err
	}
	for _, warning := range report.Warnings {
		b.log.Warn(warning)
	}
	b.artifact.Libraries = report.Needed
	return fmt.Sprintf("%s, needs glibc %s; %s has %s",
		report.Machine, report.GLIBC, b.opts.Python, report.GLIBCAvailable), nil
}

func (b *builder) pack(ctx context.Context) (string, error) {
	library, err := os.Stat(b.workspace.Library(b.artifact.Name))
	if err != nil {
		return "", err
	}
	file := archive.File{Name: "bin/" + b.artifact.Name + ".so", Size: library.Size()}
	if err := stage.CheckSize(b.shown(b.artifact.Zip), b.extras, file); err != nil {
		return "", err
	}
	bytecode, err := python.Bytecode(b.opts.Python)
	if err != nil {
		return "", err
	}
	b.artifact.Stage = b.output.Stage(b.artifact.Name, b.prints[b.library.Container].Inputs)
	documents, err := b.describe(ctx, b.workspace.Library(b.artifact.Name))
	if err != nil {
		return "", err
	}
	err = stage.Write(ctx, stage.Options{
		Dir:         b.artifact.Stage,
		Library:     b.workspace.Library(b.artifact.Name),
		Name:        b.artifact.Name,
		Python:      python.Files,
		Bytecode:    bytecode,
		Files:       b.opts.files(b.packages),
		Documents:   documents,
		Credentials: b.rewritten.Session || b.rewritten.Config,
	})
	if err != nil {
		return "", err
	}
	if b.opts.unpacked {
		return b.shown(b.artifact.Stage), nil
	}
	report, err := archive.Write(ctx, b.artifact.Stage, b.artifact.Zip)
	if err != nil {
		return "", errors.Join(err, os.RemoveAll(b.artifact.Stage))
	}
	b.artifact.Checksum, b.artifact.Size, b.artifact.Unzipped = report.Checksum, report.Size, report.Unzipped
	return b.shown(b.artifact.Zip) + "  " + report.String(), b.opts.addLayer(ctx, b.packages, &b.artifact)
}

// shown returns a path as a person in the application's folder would type it.
func (b *builder) shown(path string) string {
	return files.Shown(b.opts.Dir, path)
}
