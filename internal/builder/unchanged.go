package builder

import (
	"context"

	"github.com/go-sparta/sparta/internal/archive"
	"github.com/go-sparta/sparta/internal/engine"
	"github.com/go-sparta/sparta/internal/fingerprint"
	"github.com/go-sparta/sparta/internal/supply"
)

// unchanged returns the package of the last build if this one would make the same, or nil. The caller has locked the
// workspace.
func (b *builder) unchanged(ctx context.Context) (*Artifact, error) {
	last := b.readRecord()
	if last == nil || last.Fingerprint != b.prints[last.Container].Inputs {
		return nil, nil
	}
	image, answers := engine.ImageID(b.engine)
	switch {
	case image == last.Image:
	case last.Container && !answers && image == "":
		b.log.Infof("No container engine answers: the build assumes that the image %s is unchanged", b.opts.Image)
	default:
		return nil, nil
	}
	intact := archive.IsIntact(last.Artifact.Zip, last.Artifact.Checksum, last.Artifact.Stage)
	if !intact && !archive.Restore(ctx, last.Artifact.Stage, last.Artifact.Zip, last.Artifact.Checksum) {
		return nil, ctx.Err()
	}
	last.Artifact.Original = b.artifact.Original // which earlier versions did not record
	if !intact || !supply.AreBeside(last.Artifact.Zip) {
		if err := b.documentAgain(ctx, last); err != nil {
			return nil, err
		}
	}
	if err := b.vulncheck(ctx); err != nil {
		return nil, err
	}
	return &last.Artifact, b.opts.addLayer(ctx, b.packages, &last.Artifact)
}

// takeFingerprints fingerprints everything that goes into the package: for a container, for this machine's compiler, or
// both if it is not known yet which will compile it.
func (b *builder) takeFingerprints(ctx context.Context) (err error) {
	b.prints = map[bool]fingerprint.Fingerprint{}
	inputs := b.inputs()
	for _, container := range []bool{false, true} {
		if container && b.engine == nil || !container && b.opts.Builder == "docker" {
			continue
		}
		inputs.OnHost = !container
		if b.prints[container], err = fingerprint.Of(ctx, inputs); err != nil {
			return err
		}
	}
	return nil
}
