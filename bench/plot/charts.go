package main

import (
	"slices"
	"strings"
	"time"

	"github.com/go-sparta/sparta/bench/internal/documents"
	"github.com/go-sparta/sparta/bench/internal/measure"
	"github.com/go-sparta/sparta/bench/internal/report"
	"github.com/go-sparta/sparta/bench/internal/session"
)

// charts lists the plots of the documents.
func charts(reports []*report.Report) []chart {
	cold, warm, events := reportWith("cold", reports), reportWith("warm", reports), reportWith("events", reports)
	all := []chart{
		timesOf(cold, "performance-cold.svg", "Cold start: from starting the process to its first response, in ms",
			"cold", func(what string) bool { return what == "RawMessage echo, spawn to first response" }),
		timesOf(warm, "performance-warm-1kb.svg", "Echo of 1 KB: time of an invocation, in ms",
			"warm", func(what string) bool { return strings.HasPrefix(what, "RawMessage echo, 1 KB of items") }),
		timesOf(warm, "performance-warm-100kb.svg", "Echo of 100 KB: time of an invocation, in ms",
			"warm", func(what string) bool { return strings.HasPrefix(what, "RawMessage echo, 100 KB of items") }),
		quotients(events, "performance-events.svg", "Events of AWS's types: time of Go in Python × that of Python",
			"events", "Python"),
	}
	var drawn []chart
	for _, c := range all {
		if len(c.points) > 0 {
			drawn = append(drawn, c)
		}
	}
	return drawn
}

// reportWith returns the report that a group's plot is made from: that of AWS's own client as in python3.13, if it has
// the group, or else the first that has it.
func reportWith(group string, reports []*report.Report) *report.Report {
	best := reports[0]
	found := false
	for _, r := range reports {
		has := slices.ContainsFunc(r.Rows, func(one report.Row) bool { return one.Group == group })
		if has && (!found || r.Client == session.AWS313) {
			best, found = r, true
		}
	}
	return best
}

// timesOf returns the chart of the times of both sides of some rows.
func timesOf(r *report.Report, file, title, group string, selected func(what string) bool) chart {
	c := chart{file: file, title: title, source: sourceOf(r)}
	for _, one := range r.Rows {
		if one.Group != group || !selected(one.What) || one.Ours == nil || one.Theirs == nil {
			continue
		}
		if len(c.points) == 0 {
			c.points = append(c.points, pointOf("Go in Python (ours)", one.Ours.Time, true))
		}
		c.points = append(c.points, pointOf(peerName(one.Theirs.Name), one.Theirs.Time, false))
	}
	return c
}

// sourceOf names the versions that a plot is for, and its scale.
func sourceOf(r *report.Report) string { return r.Go + ", client: " + r.Client + "; logarithmic" }

func peerName(name string) string {
	if name == "bootstrap" {
		return "Go as a bootstrap"
	}
	return name
}

func pointOf(name string, s measure.Spread, ours bool) point {
	ms := func(d time.Duration) float64 { return float64(d) / 1e6 }
	return point{name: name, low: ms(s.First), middle: ms(s.Median), high: ms(s.Third), ours: ours}
}

// quotients returns the chart of the values of a group's rows beside a peer.
func quotients(r *report.Report, file, title, group, peer string) chart {
	c := chart{file: file, title: title, source: sourceOf(r), one: true}
	for _, one := range r.Rows {
		if one.Group != group || one.Theirs == nil || one.Theirs.Name != peer || one.Unit != "x" {
			continue
		}
		name := documents.WithoutModule(one.What)
		c.points = append(c.points, point{name: name, low: one.Low, middle: one.Value, high: one.High, ours: true})
	}
	return c
}
