// Package report holds what has been measured, for people and for programs.
package report

import (
	"time"

	"github.com/go-sparta/sparta/bench/internal/measure"
)

// Row is one measurement, with its peer and its bound.
type Row struct {
	Group   string  `json:"group"`
	What    string  `json:"what"`
	Figure  string  `json:"figure"`         // as a person reads it
	Peer    string  `json:"peer,omitempty"` // what it is compared with, as a person reads it
	Value   float64 `json:"value"`          // what the bound applies to
	Low     float64 `json:"low,omitempty"`  // the quartiles of the quotients of one round each
	High    float64 `json:"high,omitempty"`
	CPU     float64 `json:"cpu,omitempty"`   // processor time, as a multiple of the peer's
	Unit    string  `json:"unit,omitempty"`  // of the value: x (times the peer), s or %
	Bound   float64 `json:"bound,omitempty"` // the value's upper limit; 0 means there is none
	Runs    int     `json:"runs,omitempty"`  // of each side
	Verdict string  `json:"verdict"`
	Ours    *Side   `json:"ours,omitempty"`
	Theirs  *Side   `json:"theirs,omitempty"`
}

// Side is what one side of a comparison has taken. Times are of one invocation.
type Side struct {
	Name string         `json:"name"`
	Time measure.Spread `json:"time"`
	CPU  measure.Spread `json:"cpu,omitzero"`
	Mean time.Duration  `json:"meanCPU,omitempty"` // of processors
	Peak float64        `json:"peakMB,omitempty"`  // the most that was in memory
}

// The verdicts.
const (
	Pass    = "pass"
	Miss    = "MISS"
	Info    = "info"    // there is no bound
	Skipped = "skipped" // this machine cannot measure it; What says why
)

// SideOf describes a contender.
func SideOf(c *measure.Contender) *Side {
	return &Side{
		Name: c.Name, Time: measure.SpreadOf(c.Times), CPU: measure.SpreadOf(c.CPU), Mean: measure.Mean(c.CPU),
		Peak: c.Peak,
	}
}

// Compare returns the row that compares the medians: ours as a multiple of the peer's.
func Compare(ours, peer *measure.Contender, limit float64) Row {
	o, t := SideOf(ours), SideOf(peer)
	row := Row{
		Figure: Shown(o.Time),
		Peer:   measure.Shown(t.Time.Median) + " " + peer.Name,
		Value:  o.Time.Median.Seconds() / t.Time.Median.Seconds(),
		Unit:   "x",
		Bound:  limit,
		Runs:   len(ours.Times),
		Ours:   o,
		Theirs: t,
	}
	row.Low, _, row.High = measure.Quotients(ours.Times, peer.Times)
	// Where children of a process have ended, its time is known in hundredths of seconds, so medians would be too.
	if t.Mean > 0 {
		row.CPU = o.Mean.Seconds() / t.Mean.Seconds()
	}
	return row
}

// CompareCPU returns the row that compares the processor time, by medians.
func CompareCPU(ours, peer *measure.Contender, limit float64) Row {
	one := &measure.Contender{Name: ours.Name, Times: ours.CPU, Peak: ours.Peak}
	other := &measure.Contender{Name: peer.Name, Times: peer.CPU, Peak: peer.Peak}
	return Compare(one, other, limit)
}

// Alone returns the row of a time that has no peer.
func Alone(ours *measure.Contender, limit time.Duration) Row {
	o := SideOf(ours)
	return Row{
		Figure: Shown(o.Time), Value: o.Time.Median.Seconds(), Unit: "s", Bound: limit.Seconds(),
		Runs: len(ours.Times), Ours: o,
	}
}

// Shown is the median and, in parentheses, the quartiles.
func Shown(s measure.Spread) string {
	if s.Count < 2 {
		return measure.Shown(s.Median)
	}
	return measure.Shown(s.Median) + " (" + measure.Shown(s.First) + " - " + measure.Shown(s.Third) + ")"
}
