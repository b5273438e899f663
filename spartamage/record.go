package spartamage

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"golang.org/x/crypto/blake2b"

	"github.com/go-sparta/sparta/internal/archive"
)

// record is what a build leaves for the next one of the same package with the same settings.
type record struct {
	Fingerprint string // of the inputs
	Container   bool   // whether a container has compiled it
	Image       string // ID of the image that an engine had for it; empty without an engine or image
	Artifact    Artifact
}

// recordPath returns the path of a package's record. Its name is a hash, because settings may contain secrets.
func (b *builder) recordPath() string {
	sum := blake2b.Sum256(fmt.Appendf(nil, "%s\n%+v", b.app.Main.ImportPath, b.settings()))
	return filepath.Join(b.workspace.Records(), fmt.Sprintf("%x", sum[:8])+".json")
}

// readRecord returns the record of the last build, or nil.
func (b *builder) readRecord() *record {
	content, err := os.ReadFile(b.recordPath())
	if err != nil {
		return nil
	}
	last := &record{}
	if json.Unmarshal(content, last) != nil {
		return nil
	}
	return last
}

// isIntact reports whether a package is unchanged since it was built.
func isIntact(a Artifact) bool {
	return archive.IsIntact(a.Zip, a.Checksum, a.Stage)
}

// settings returns the options that affect the package, as a text.
func (b *builder) settings() string {
	opts := b.opts
	opts.Logger, opts.warned, opts.memory = nil, false, nil
	return fmt.Sprintf("%+v", opts)
}
