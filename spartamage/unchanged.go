package spartamage

import (
	"context"
	"os"

	"github.com/go-sparta/sparta/internal/archive"
	"github.com/go-sparta/sparta/internal/files"
	"github.com/go-sparta/sparta/internal/fingerprint"
)

// unchanged returns the package of the last build if this one would make the same, or nil. The caller has locked the
// workspace.
func (b *builder) unchanged(ctx context.Context) (*Artifact, error) {
	last := b.readRecord()
	if last == nil || last.Fingerprint != b.prints[last.Container].Inputs {
		return nil, nil
	}
	image, answers := b.image()
	switch {
	case image == last.Image:
	case last.Container && !answers && image == "":
		b.log.Infof("No container engine answers: the build assumes that the image %s is unchanged", b.opts.Image)
	default:
		return nil, nil
	}
	if !isIntact(last.Artifact) && !b.restored(ctx, last.Artifact) {
		return nil, ctx.Err()
	}
	last.Artifact.Original = b.artifact.Original // which earlier versions did not record
	return &last.Artifact, b.opts.addLayer(ctx, b.packages, &last.Artifact)
}

// restored reports whether it could make the package's zip again from its stage: a package of the same name, for
// example for another architecture, has replaced it, or it was removed.
func (b *builder) restored(ctx context.Context, artifact Artifact) bool {
	if err := files.SweepScratch(artifact.Zip); err != nil {
		return false
	}
	again := files.Scratch(artifact.Zip)
	defer os.Remove(again)
	report, err := archive.Write(ctx, artifact.Stage, again)
	return err == nil && report.Checksum == artifact.Checksum && os.Rename(again, artifact.Zip) == nil
}

// image returns the ID of the image that a container engine has for this build, or "", and whether an engine answers.
func (b *builder) image() (id string, answers bool) {
	if b.engine == nil {
		return "", false
	}
	found, err := b.engine()
	if err != nil {
		return "", false
	}
	if !found.HasImage {
		return "", true
	}
	return found.ID, true
}

// takeFingerprints fingerprints everything that goes into the package: for a container, for this machine's compiler, or
// both if it is not known yet which will compile it.
func (b *builder) takeFingerprints(ctx context.Context) (err error) {
	b.prints = map[bool]fingerprint.Fingerprint{}
	inputs := fingerprint.Inputs{
		Env:         b.env,
		GoSettings:  b.goSettings,
		App:         b.app,
		Bridge:      b.rewritten.Bridge,
		Extras:      b.extras,
		Packages:    b.packages.Digest,
		Dir:         b.opts.Dir,
		LinkerFlags: b.opts.LDFlags,
		Settings:    b.settings(),
	}
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
