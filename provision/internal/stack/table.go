package stack

import (
	"cmp"
	"io"

	"github.com/go-sparta/sparta/provision/internal/show"
)

// WriteChanges writes the table of a change set's changes.
func WriteChanges(w io.Writer, changes []Change) error {
	rows := [][]string{{"ACTION", "RESOURCE", "TYPE", "REPLACEMENT"}}
	for _, change := range changes {
		rows = append(rows, []string{change.Action, change.LogicalID, change.Type, cmp.Or(change.Replacement, "-")})
	}
	return show.Table(w, rows)
}
