package show

import (
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/go-sparta/sparta/internal/plainjson"
)

// JSON writes a result as one document.
func JSON(w io.Writer, result any) error {
	if err := plainjson.Write(w, result); err != nil {
		return fmt.Errorf("write results: %w", err)
	}
	return nil
}

// Outputs writes the table of a stack's outputs, if it has any.
func Outputs(w io.Writer, outputs map[string]string) error {
	if len(outputs) == 0 {
		return nil
	}
	rows := [][]string{{"OUTPUT", "VALUE"}}
	for _, key := range slices.Sorted(maps.Keys(outputs)) {
		rows = append(rows, []string{key, outputs[key]})
	}
	return Table(w, rows)
}
