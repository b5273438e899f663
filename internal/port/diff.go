package port

import (
	"bytes"

	"github.com/rogpeppe/go-internal/diff"
)

// Diff returns the changes in the unified format.
func (r *Result) Diff() []byte {
	var out bytes.Buffer
	for _, change := range r.Changes {
		out.Write(diff.Diff(change.Path, change.Old, change.Path, change.New))
	}
	return out.Bytes()
}
