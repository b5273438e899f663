package builder

import (
	"context"
	"path/filepath"

	"github.com/go-sparta/sparta/internal/engine"
	"github.com/go-sparta/sparta/internal/fingerprint"
	"github.com/go-sparta/sparta/internal/moduleversion"
	"github.com/go-sparta/sparta/internal/supply"
)

// describe makes the documents that say what a library's package consists of and how it was made, and returns those for
// the zip by their names there. Without a zip, there are none.
func (b *builder) describe(ctx context.Context, library string) (packed map[string][]byte, err error) {
	if b.opts.unpacked {
		return nil, nil
	}
	if b.sources, err = fingerprint.ReadSources(ctx, b.inputs()); err != nil {
		return nil, err
	}
	b.documents, err = supply.Describe(supply.Package{
		Name:     b.artifact.Name,
		Library:  library,
		App:      b.app,
		Wheels:   supply.Wheels{Dir: b.packages.Dir(), Layer: b.opts.RequirementsLayer, SHA256: b.packages.SHA256},
		Source:   b.sources.Sum(),
		Packages: b.packages.Digest,
		Sparta:   moduleversion.Current(),
		Python:   b.opts.Python,
		GOFLAGS:  b.env.GOFLAGS,
		LDFlags:  b.opts.LDFlags,
	})
	if err != nil || b.opts.Bare {
		return nil, err
	}
	return b.documents.Packed()
}

// document writes the documents beside the zip. Its provenance says what has compiled the library, too.
func (b *builder) document(builder supply.Builder) error {
	b.documents.Provenance.Builder = &builder
	b.documents.Provenance.Zip = &supply.Zip{Checksum: b.artifact.Checksum, Size: b.artifact.Size}
	if err := b.documents.WriteBeside(b.artifact.Zip); err != nil {
		return b.workspace.Unwritable(err)
	}
	return nil
}

// builtBy says what has compiled the library.
func (b *builder) builtBy(ctx context.Context) supply.Builder {
	by := supply.Builder{Name: b.library.By}
	if !b.library.Container {
		return by
	}
	if found, err := b.engine(); err == nil {
		by.Image, by.Digests = b.library.Image, engine.Digests(ctx, found.CLI, b.opts.Image)
	}
	return by
}

// documentAgain writes the documents of the last build, for a zip that was made again or has lost them.
func (b *builder) documentAgain(ctx context.Context, last *record) error {
	b.artifact = last.Artifact
	_, err := b.describe(ctx, filepath.Join(last.Artifact.Stage, "bin", last.Artifact.Name+".so"))
	if err != nil || last.Provenance.Builder == nil {
		return err
	}
	return b.document(*last.Provenance.Builder)
}

// vulncheck has govulncheck examine the application, if that is wanted.
func (b *builder) vulncheck(ctx context.Context) error {
	return supply.Vulncheck{
		Setting: b.opts.Vulncheck,
		Dir:     b.opts.Dir,
		Package: b.opts.Package,
		GOOS:    b.opts.GOOS,
		GOARCH:  b.opts.GOARCH,
		Tags:    b.opts.list().Tags,
		GOFLAGS: b.env.GOFLAGS,
	}.Run(ctx, b.log)
}
