package report

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
)

// WriteJSON writes the report for programs.
func (r *Report) WriteJSON(out io.Writer) error {
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	return encoder.Encode(r)
}

// WriteTable writes the report for people.
func (r *Report) WriteTable(out io.Writer) error {
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table,
		"group\tmeasurement\tfigure (quartiles)\tpeer\tvalue (quartiles)\truns\tCPU\tpeak\tbound\tverdict")
	for _, one := range r.Rows {
		fmt.Fprintln(table, strings.Join([]string{
			one.Group, one.What, one.Figure, one.Peer, value(one), runs(one.Runs), cpu(one), Peak(one), bound(one),
			one.Verdict,
		}, "\t"))
	}
	if err := table.Flush(); err != nil {
		return err
	}
	for _, what := range r.Missing {
		fmt.Fprintf(out, "\nthis machine lacks %s", what)
	}
	_, err := fmt.Fprintf(out, "\n%s\nload: %s at the start, %s at the end\n%d missed\n", r.Machine, r.Load[0],
		r.Load[1], r.Missed())
	return err
}

func value(one Row) string {
	text := Number(one.Value, one.Unit)
	if one.Low == 0 || one.Runs < 2 {
		return text
	}
	return fmt.Sprintf("%s (%.3f - %.3f)", text, one.Low, one.High)
}

func runs(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprint(n)
}

func cpu(one Row) string {
	if one.CPU == 0 {
		return ""
	}
	return fmt.Sprintf("%.2f x", one.CPU)
}

// Peak is the most memory of each side that was in use.
func Peak(one Row) string {
	switch {
	case one.Ours == nil || one.Ours.Peak == 0:
		return ""
	case one.Theirs == nil || one.Theirs.Peak == 0:
		return fmt.Sprintf("%.0f MB", one.Ours.Peak)
	}
	return fmt.Sprintf("%.0f : %.0f MB", one.Ours.Peak, one.Theirs.Peak)
}

func bound(one Row) string {
	if one.Bound == 0 {
		return ""
	}
	return "<= " + Number(one.Bound, one.Unit)
}

// Number is a value with its unit.
func Number(value float64, unit string) string {
	switch unit {
	case "":
		return ""
	case "x":
		return fmt.Sprintf("%.3f x", value)
	default:
		return fmt.Sprintf("%.2f %s", value, unit)
	}
}
