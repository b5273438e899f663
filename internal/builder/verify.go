package builder

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/go-sparta/sparta/internal/archive"
	"github.com/go-sparta/sparta/internal/fingerprint"
	"github.com/go-sparta/sparta/internal/gosource"
	"github.com/go-sparta/sparta/internal/supply"
	"github.com/go-sparta/sparta/internal/workspace"
)

// Verify builds the last package again and compares the bytes, as spartamage.Verify describes it.
func Verify(ctx context.Context, opts Options) (string, error) {
	opts.memory = &gosource.Memory{} // empty: the last build's answers do not count
	message, err := newBuilder(opts).verify(ctx)
	if err != nil {
		return "", fmt.Errorf("verify: %w", err)
	}
	return message, nil
}

func (b *builder) verify(ctx context.Context) (string, error) {
	if err := b.list(ctx); err != nil {
		return "", err
	}
	last, path := &record{}, b.workspace.RecordOf(b.artifact.Zip, archive.Sum(b.artifact.Zip))
	if archive.Sum(b.artifact.Zip) == "" || !workspace.ReadRecord(path, last) || last.Provenance.Builder == nil {
		return "", fmt.Errorf("there is no record of %s: build it with cgo:build", b.shown(b.artifact.Zip))
	}
	opts := b.opts
	opts.Builder, opts.Vulncheck = "host", "false"
	if last.Container {
		opts.Builder, opts.Image = "docker", cmp.Or(last.Image, opts.Image)
	} else {
		opts.toolchain = supply.OtherGo(last.Provenance.Go, b.env.GOVERSION)
	}
	again := newBuilder(opts)
	again.output = workspace.Dir(filepath.Join(string(b.workspace), "verify"))
	if err := again.analyze(ctx); err != nil {
		return "", err
	}
	release, err := again.lock(ctx)
	if err != nil {
		return "", err
	}
	defer release()
	if err := os.RemoveAll(string(again.output)); err != nil {
		return "", err
	}
	if _, err := again.finish(ctx); err != nil {
		return "", err
	}
	var sources fingerprint.Sources
	workspace.ReadRecord(workspace.SourcesOf(path), &sources)
	message, err := supply.Verification{
		Zip:      archive.Named{Path: last.Artifact.Zip, Name: b.shown(last.Artifact.Zip)},
		Again:    archive.Named{Path: again.artifact.Zip, Name: b.shown(again.artifact.Zip)},
		Checksum: last.Artifact.Checksum,
		Then:     last.Provenance,
		Now:      again.documents.Provenance,
		Changed:  sources.Changes(again.sources),
	}.Check()
	if err == nil {
		err = os.RemoveAll(string(again.output))
	}
	return message, err
}
