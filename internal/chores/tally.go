package chores

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// Skip is a test that did not run, and why.
type Skip struct{ Test, Reason string }

// Tally counts the results of a run of tests. A package that could not be built, or whose process ended without
// a failed test, counts as one failure.
type Tally struct {
	Passed, Failed int
	Skipped        []Skip
}

// Add adds the counts of another run.
func (t *Tally) Add(other Tally) {
	t.Passed += other.Passed
	t.Failed += other.Failed
	t.Skipped = append(t.Skipped, other.Skipped...)
}

// Report writes the counts, then each reason for skipping with the names of the tests it skipped.
func (t *Tally) Report(out io.Writer) {
	fmt.Fprintf(out, "\n%d passed, %d failed, %d skipped\n", t.Passed, t.Failed, len(t.Skipped))
	byReason := map[string][]string{}
	for _, skip := range t.Skipped {
		byReason[skip.Reason] = append(byReason[skip.Reason], skip.Test)
	}
	for _, reason := range slices.Sorted(maps.Keys(byReason)) {
		tests := byReason[reason]
		slices.Sort(tests)
		fmt.Fprintf(out, "  skipped %d: %s\n    %s\n", len(tests), reason, strings.Join(tests, "\n    "))
	}
}
