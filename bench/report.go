package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
)

// row is one measurement, with its peer and its bound.
type row struct {
	Group   string  `json:"group"`
	What    string  `json:"what"`
	Figure  string  `json:"figure"`          // as a person reads it
	Peer    string  `json:"peer,omitempty"`  // what it is compared with, as a person reads it
	Value   float64 `json:"value"`           // what the bound applies to
	Unit    string  `json:"unit,omitempty"`  // of the value: x (times the peer), s or %
	Bound   float64 `json:"bound,omitempty"` // the value's upper limit; 0 means there is none
	Runs    int     `json:"runs,omitempty"`  // of each side
	Verdict string  `json:"verdict"`
}

// The verdicts.
const (
	pass    = "pass"
	miss    = "MISS"
	info    = "info"    // there is no bound
	skipped = "skipped" // this machine cannot measure it; What says why
)

// report holds the measurements and describes the machine.
type report struct {
	Machine string `json:"machine"`
	Rows    []row  `json:"rows"`
}

// add appends the row, and judges it unless it has a verdict.
func (r *report) add(one row) {
	switch {
	case one.Verdict != "":
	case one.Bound == 0:
		one.Verdict = info
	case one.Value <= one.Bound:
		one.Verdict = pass
	default: // also a value that is not a number
		one.Verdict = miss
	}
	r.Rows = append(r.Rows, one)
}

func (r *report) missed() (n int) {
	for _, one := range r.Rows {
		if one.Verdict == miss {
			n++
		}
	}
	return n
}

func (r *report) writeJSON(out io.Writer) error {
	encoder := json.NewEncoder(out)
	encoder.SetIndent("", "  ")
	return encoder.Encode(r)
}

func (r *report) writeTable(out io.Writer) error {
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "group\tmeasurement\tfigure\tpeer\tvalue\tbound\tverdict")
	for _, one := range r.Rows {
		fmt.Fprintln(table, strings.Join([]string{
			one.Group, one.What, one.Figure, one.Peer, number(one.Value, one.Unit), bound(one), one.Verdict,
		}, "\t"))
	}
	if err := table.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(out, "\n%s\n%d missed\n", r.Machine, r.missed())
	return err
}

func bound(one row) string {
	if one.Bound == 0 {
		return ""
	}
	return "<= " + number(one.Bound, one.Unit)
}

func number(value float64, unit string) string {
	switch unit {
	case "":
		return ""
	case "x":
		return fmt.Sprintf("%.3f x", value)
	default:
		return fmt.Sprintf("%.2f %s", value, unit)
	}
}
