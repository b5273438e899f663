package doctor

import "strings"

// The status of a finding.
const (
	good    = "ok"
	warning = "warn"    // a build is possible without it
	lacking = "missing" // at least one way of building is not possible
)

// finding is the result of one check.
type finding struct {
	status string
	detail string
	next   string // what to do; empty if nothing
}

func (f finding) String() string {
	text := f.detail
	if f.next != "" {
		text += "; " + f.next
	}
	return strings.Join(strings.Fields(text), " ")
}
