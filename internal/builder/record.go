package builder

import (
	"fmt"
	"path/filepath"

	"golang.org/x/crypto/blake2b"

	"github.com/go-sparta/sparta/internal/fingerprint"
	"github.com/go-sparta/sparta/internal/moduleversion"
	"github.com/go-sparta/sparta/internal/supply"
	"github.com/go-sparta/sparta/internal/workspace"
)

// record is what a build leaves for the next one of the same package with the same settings.
type record struct {
	Fingerprint string // of the inputs
	Container   bool   // whether a container has compiled it
	Image       string // ID of the image that an engine had for it; empty without an engine or image
	Artifact    Artifact
	Provenance  supply.Provenance
}

// recordPath returns the path of a package's record. Its name is a hash, because settings may contain secrets.
func (b *builder) recordPath() string {
	sum := blake2b.Sum256(fmt.Appendf(nil, "%s\n%+v", b.app.Main.ImportPath, b.settings()))
	return filepath.Join(b.workspace.Records(), fmt.Sprintf("%x", sum[:8])+".json")
}

// readRecord returns the record of the last build, or nil.
func (b *builder) readRecord() *record {
	last := &record{}
	if !workspace.ReadRecord(b.recordPath(), last) {
		return nil
	}
	return last
}

// settings returns the options that affect the package, as a text, and what makes its documents.
func (b *builder) settings() string {
	opts := b.opts
	opts.Logger, opts.RunContainer, opts.memory = nil, nil, nil
	opts.warned, opts.Vulncheck = false, ""
	return fmt.Sprintf("%s %s %+v", supply.Format, moduleversion.Current(), opts)
}

// inputs returns what goes into the package.
func (b *builder) inputs() fingerprint.Inputs {
	return fingerprint.Inputs{
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
}
