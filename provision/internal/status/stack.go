package status

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/go-sparta/sparta/provision/internal/show"
)

// Stack is the status of a stack.
type Stack struct {
	Stack     string            `json:"stack"`
	ID        string            `json:"id"`
	Status    string            `json:"status"`
	Reason    string            `json:"reason,omitempty"`
	Updated   time.Time         `json:"updated"`
	Functions []Function        `json:"functions"`
	Outputs   map[string]string `json:"outputs"`
}

// Write writes the status as tables.
func (s Stack) Write(w io.Writer) error {
	head := [][]string{
		{"STACK", "STATUS", "UPDATED"}, {s.Stack, s.Status, s.Updated.UTC().Format(time.RFC3339)},
	}
	if err := show.Table(w, head); err != nil {
		return err
	}
	if s.Reason != "" {
		fmt.Fprintln(w, s.Reason)
	}
	fmt.Fprintln(w)
	rows := [][]string{{"FUNCTION", "STATE", "VERSION", "ALIAS", "UPDATED"}}
	for _, f := range s.Functions {
		version := "-"
		if len(f.Versions) > 0 {
			version = f.Versions[len(f.Versions)-1]
		}
		aliases := cmp.Or(strings.Join(f.Aliases, " "), "-")
		rows = append(rows, []string{f.Name, f.state(), version, aliases, cmp.Or(f.Updated, "-")})
	}
	if err := show.Table(w, rows); err != nil {
		return err
	}
	for _, f := range s.Functions {
		if f.Reason != "" {
			fmt.Fprintf(w, "%s: %s\n", f.Name, f.Reason)
		}
	}
	if len(s.Outputs) == 0 {
		return nil
	}
	fmt.Fprintln(w)
	rows = [][]string{{"OUTPUT", "VALUE"}}
	for _, key := range slices.Sorted(maps.Keys(s.Outputs)) {
		rows = append(rows, []string{key, s.Outputs[key]})
	}
	return show.Table(w, rows)
}
