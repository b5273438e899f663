package main

import (
	"fmt"
	"io"
	"text/tabwriter"
	"time"
)

// report writes the summary, and returns whether something was wrong.
func (o options) report(out io.Writer, workers []*worker, took time.Duration) (failed bool) {
	c := workers[0].tally.now()
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	row := func(what, values string) { fmt.Fprintf(table, "%s\t%s\n", what, values) }
	fmt.Fprintf(out, "\nseed %d, %s, %s\n\n", o.seed, took.Round(time.Second), o.builds())
	row("events", fmt.Sprintf("%d, %.1f MB in all, %.0f per second", c.total, float64(c.bytes)/1e6,
		float64(c.total)/took.Seconds()))
	for _, r := range rates() {
		row("  "+string(r.what), fmt.Sprint(c.events[r.what]))
	}
	row("starts of processes", fmt.Sprint(c.starts))
	row("lost", fmt.Sprint(c.lost+o.invocations-c.total))
	row("wrong", fmt.Sprint(c.wrongs))
	failed = c.wrongs > 0 || c.lost > 0 || c.total != o.invocations
	grown := growthOf(c.samples)
	for _, g := range grown {
		verdict := "flat"
		if g.tooLarge() {
			verdict, failed = "GROWS", true
		}
		row(g.name, fmt.Sprintf("%.4g %s early, %.4g %[2]s late: %[4]s", g.early, g.unit, g.late, verdict))
	}
	if grown == nil {
		row("growth", fmt.Sprintf("not known: at least two processes and %d samples are needed", fewestSamples))
	}
	_ = table.Flush()
	if writeEvidence(out, workers) {
		failed = true
	}
	if failed {
		fmt.Fprintln(out, "\nThe same again:", o.command())
	}
	return failed
}

// command returns the command that sends the same events in the same way.
func (o options) command() string {
	command := fmt.Sprintf("go tool mage soak -seed=%d -n=%d -processes=%d -first=%d -freeze=%v", o.seed, o.invocations,
		o.processes, o.first, o.freeze)
	if o.race {
		command += " -race=true"
	}
	if o.cgocheck2 {
		command += " -cgocheck2=true"
	}
	return command
}

func (o options) builds() string {
	switch {
	case o.race && o.cgocheck2:
		return "built with the race detector and cgocheck2"
	case o.race:
		return "built with the race detector"
	case o.cgocheck2:
		return "built with cgocheck2"
	}
	return "built as for Lambda"
}

// writeEvidence writes what processes have said on standard error that no library may say, and reports whether there
// is any.
func writeEvidence(out io.Writer, workers []*worker) (found bool) {
	for _, w := range workers {
		lines := w.stderr.found()
		if len(lines) > 0 {
			found = true
			fmt.Fprintf(out, "\nprocess %d wrote to standard error:\n", w.index)
		}
		for _, line := range lines {
			fmt.Fprintln(out, "    "+line)
		}
	}
	return found
}
