package report

import "slices"

// Report holds the measurements and describes the machine.
type Report struct {
	Machine string    `json:"machine"` // with the Go of the applications and the Python client
	Date    string    `json:"date"`
	Go      string    `json:"go"`
	Client  string    `json:"client"`
	Load    [2]string `json:"load"`              // at the start and at the end
	Missing []string  `json:"missing,omitempty"` // what this machine lacks
	Groups  []Group   `json:"groups"`
	Rows    []Row     `json:"rows"`
}

// Group says when a group of rows was measured.
type Group struct {
	Name    string `json:"name"`
	Machine string `json:"machine"` // with the date and the versions
	Load    string `json:"load"`    // of the machine, at its end
	Quick   bool   `json:"quick,omitempty"`
}

// Add appends the row, and judges it unless it has a verdict.
func (r *Report) Add(one Row) {
	switch {
	case one.Verdict != "":
	case one.Bound == 0:
		one.Verdict = Info
	case one.Value <= one.Bound:
		one.Verdict = Pass
	default: // also a value that is not a number
		one.Verdict = Miss
	}
	r.Rows = append(r.Rows, one)
}

// AddMissing adds what this machine lacks, once.
func (r *Report) AddMissing(what string) {
	if !slices.Contains(r.Missing, what) {
		r.Missing = append(r.Missing, what)
	}
}

// Missed counts the rows that miss their bounds.
func (r *Report) Missed() (n int) {
	for _, one := range r.Rows {
		if one.Verdict == Miss {
			n++
		}
	}
	return n
}
