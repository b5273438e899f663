package spartamage

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/go-sparta/sparta/internal/archive"
	"github.com/go-sparta/sparta/internal/files"
	"github.com/go-sparta/sparta/internal/workspace"
)

// record is build.json: the workspace's package and the fingerprint of its inputs.
type record struct {
	Fingerprint string
	Artifact    Artifact
}

// remember records an artifact with the fingerprint of its inputs.
func remember(w workspace.Dir, fingerprint string, artifact Artifact) error {
	content, err := json.MarshalIndent(record{fingerprint, artifact}, "", "\t")
	if err != nil {
		return fmt.Errorf("record the build: %w", err)
	}
	if err := files.Write(w.Record(), append(content, '\n')); err != nil {
		return w.Unwritable(err)
	}
	return nil
}

// forget removes the record, so that the next build starts over.
func forget(w workspace.Dir) error {
	if err := os.Remove(w.Record()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return w.Unwritable(err)
	}
	return nil
}

// unchanged returns the artifact of an earlier build from the same inputs, or nil
// if it has been altered since.
func unchanged(w workspace.Dir, fingerprint string) *Artifact {
	content, err := os.ReadFile(w.Record())
	if err != nil {
		return nil
	}
	var last record
	if err := json.Unmarshal(content, &last); err != nil || last.Fingerprint != fingerprint {
		return nil
	}
	if !isIntact(last.Artifact) {
		return nil
	}
	return &last.Artifact
}

// isIntact reports whether a package is as its build has left it.
func isIntact(a Artifact) bool {
	return archive.IsIntact(a.Zip, a.Checksum, a.Stage)
}
