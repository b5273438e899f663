package documents

import (
	"fmt"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/bench/internal/measure"
	"github.com/go-sparta/sparta/bench/internal/report"
)

// runs is the table of the runs that the figures are from.
func runs(reports []*report.Report) string {
	var b strings.Builder
	b.WriteString("| run | machine and versions |\n|---|---|\n")
	for _, r := range reports {
		fmt.Fprintf(&b, "| %s | %s |\n", column(r), r.Machine+lacking(r.Missing))
	}
	if slices.ContainsFunc(reports, hasShortGroups) {
		b.WriteString("\n" + aboutShortRuns)
	}
	return b.String()
}

// lacking says in the table, whose lines may be long, what a machine lacks.
func lacking(missing []string) string {
	if len(missing) == 0 {
		return ""
	}
	return "; lacks " + strings.Join(missing, "; ")
}

const aboutShortRuns = "Short runs (`-quick`) have few rounds. Their figures are less exact, the more so the higher " +
	"the load of the machine\nwas, which each table says: a bound that is missed there may be met on a quiet machine.\n"

// hasShortGroups reports whether a group of a report was measured with few rounds.
func hasShortGroups(r *report.Report) bool {
	return slices.ContainsFunc(r.Groups, func(g report.Group) bool { return g.Quick })
}

// group is the tables of one group: its figures in each run, and what the runs say in addition.
func group(reports []*report.Report, name string) string {
	var with []*report.Report
	for _, r := range reports {
		if len(rowsOf(r, name)) > 0 {
			with = append(with, r)
		}
	}
	if len(with) == 0 {
		return "Not measured yet.\n"
	}
	var b strings.Builder
	b.WriteString("| measurement | beside |")
	for _, r := range with {
		fmt.Fprintf(&b, " %s |", column(r))
	}
	b.WriteString("\n|---|---|" + strings.Repeat("---|", len(with)) + "\n")
	for _, one := range distinctRows(with, name) {
		fmt.Fprintf(&b, "| %s | %s |", one.What, beside(one))
		for _, r := range with {
			fmt.Fprintf(&b, " %s |", cell(r, one))
		}
		b.WriteString("\n")
	}
	b.WriteString("\nLoad of the machine:\n\n" + loads(with, name))
	for _, r := range with {
		b.WriteString(details(r, name))
	}
	return b.String()
}

// loads says how busy the machine was when a group had been measured, in each run.
func loads(reports []*report.Report, name string) string {
	var all []string
	for _, r := range reports {
		for _, one := range r.Groups {
			if one.Name != name {
				continue
			}
			text := fmt.Sprintf("- %s: %s", column(r), one.Load)
			if one.Quick {
				text += ", with `-quick`"
			}
			if one.Machine != r.Machine {
				text += ";\n  " + one.Machine // a line of its own: both would be too long for one
			}
			all = append(all, text+"\n")
		}
	}
	return strings.Join(all, "")
}

func rowsOf(r *report.Report, name string) (rows []report.Row) {
	for _, one := range r.Rows {
		if one.Group == name {
			rows = append(rows, one)
		}
	}
	return rows
}

// distinctRows lists the rows of a group in all runs, each once. A run in another client may have rows of its own:
// they name another module of Python for JSON.
func distinctRows(reports []*report.Report, name string) (rows []report.Row) {
	for _, r := range reports {
		for _, one := range rowsOf(r, name) {
			if !slices.ContainsFunc(rows, func(other report.Row) bool { return sameRow(other, one) }) {
				rows = append(rows, one)
			}
		}
	}
	return rows
}

// sameRow reports whether two rows measure the same. A peer that is only a text has its own figure in it.
func sameRow(a, b report.Row) bool {
	return a.What == b.What && (a.Theirs == nil || beside(a) == beside(b))
}

func beside(one report.Row) string {
	if one.Theirs != nil {
		return one.Theirs.Name
	}
	return one.Peer
}

// cell is the figure of the row of a run that measures the same as one.
func cell(r *report.Report, one report.Row) string {
	for _, other := range rowsOf(r, one.Group) {
		if !sameRow(one, other) {
			continue
		}
		bound, verdict := Figure(report.Row{Value: other.Bound, Unit: other.Unit}), ""
		switch {
		case other.Verdict == report.Miss:
			verdict = " **misses " + bound + "**"
		case other.Verdict == report.Pass && other.Bound > 0:
			verdict = " (bound " + bound + ")"
		}
		return fmt.Sprintf(`<a id="%s"></a>%s%s`, anchor(r, other), Figure(other), verdict)
	}
	return ""
}

// Figure is a row's value as documents have it.
func Figure(one report.Row) string {
	switch one.Unit {
	case "":
		return one.Figure
	case "x":
		return fmt.Sprintf("%.2f ×", one.Value)
	}
	return report.Number(one.Value, one.Unit)
}

// details is a table of the times, the spread, the processor time and the memory of both sides.
func details(r *report.Report, name string) string {
	var b strings.Builder
	for _, one := range rowsOf(r, name) {
		if one.Ours == nil || one.Ours.Time.Count < 2 {
			continue
		}
		if b.Len() == 0 {
			fmt.Fprintf(&b, "\n<details><summary>medians, quartiles, processor time and memory (%s)</summary>\n\n",
				column(r))
			b.WriteString("| measurement | ours | the peer | × by round | processor time | peak memory | runs |\n")
			b.WriteString("|---|---|---|---|---|---|---|\n")
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %s | %d |\n", one.What, spread(one.Ours), spread(one.Theirs),
			byRound(one), cpu(one), report.Peak(one), one.Runs)
	}
	if b.Len() > 0 {
		b.WriteString("\n</details>\n")
	}
	return b.String()
}

func spread(s *report.Side) string {
	if s == nil {
		return ""
	}
	return s.Name + ": " + report.Shown(s.Time)
}

func byRound(one report.Row) string {
	if one.Low == 0 {
		return ""
	}
	return fmt.Sprintf("%.2f to %.2f", one.Low, one.High)
}

func cpu(one report.Row) string {
	switch {
	case one.Ours.Mean == 0:
		return ""
	case one.CPU == 0:
		return measure.Shown(one.Ours.Mean)
	}
	return fmt.Sprintf("%s : %s (%.2f ×)", measure.Shown(one.Ours.Mean), measure.Shown(one.Theirs.Mean), one.CPU)
}
