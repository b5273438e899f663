package documents

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/go-sparta/sparta/bench/internal/measure"
	"github.com/go-sparta/sparta/bench/internal/report"
)

// sample is a report with one row, whose value is given.
func sample(client string, value float64) *report.Report {
	r := &report.Report{Machine: "a machine", Date: "2026-11-27", Go: "go1.26.8", Client: client}
	side := func(name string) *report.Side {
		return &report.Side{
			Name: name, Time: measure.Spread{First: 1, Median: 2, Third: 3, Count: 9}, Mean: time.Second,
		}
	}
	r.Add(report.Row{
		Group: "cold", What: "hello, json", Value: value, Unit: "x", Bound: 1.15, Low: 1, High: 2, CPU: 1,
		Ours: side("hello"), Theirs: side("bare Python"), Runs: 9,
	})
	r.Groups = []report.Group{{Name: "cold", Machine: r.Machine, Load: "1.5", Quick: true}}
	return r
}

const linked = "cold-hello-bare-python-embedded-go1-26"

func TestFiguresAreWritten(t *testing.T) {
	document := "A [9](performance.md#" + linked + ")\n\n<!-- from the results: cold -->\nstale\n<!-- end -->\nafter\n"
	reports := []*report.Report{sample("embedded", 1.234), sample("awslambdaric", 1.1)}
	filled, err := Fill(document, reports)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"A [1.23 ×](performance.md#" + linked + ")\n",
		`| hello, json | bare Python | <a id="` + linked + `"></a>1.23 × **misses 1.15 ×** |` +
			` <a id="cold-hello-bare-python-awslambdaric-go1-26"></a>1.10 × (bound 1.15 ×) |`,
		"<!-- end -->\nafter\n", "1.00 to 2.00", "- embedded, go1.26: 1.5, with `-quick`\n",
	} {
		if !strings.Contains(filled, want) {
			t.Errorf("%q is not in\n%s", want, filled)
		}
	}
	if strings.Contains(filled, "stale") {
		t.Errorf("the old figures are still in\n%s", filled)
	}
	if again, err := Fill(filled, reports); again != filled {
		t.Errorf("filled again (%v), it is\n%s", err, again)
	}
}

func TestShortRunsAreSaidToBeLessExact(t *testing.T) {
	r := sample("embedded", 1)
	if text := runs([]*report.Report{r}); !strings.Contains(text, "less exact") {
		t.Errorf("a short run: %s", text)
	}
	r.Groups[0].Quick = false
	if text := runs([]*report.Report{r}); strings.Contains(text, "less exact") {
		t.Errorf("a whole run: %s", text)
	}
	r.Missing = []string{"node", "an engine"}
	if text := runs([]*report.Report{r}); !strings.Contains(text, "| a machine; lacks node; an engine |\n") {
		t.Errorf("it does not say what the machine lacks:\n%s", text)
	}
}

// A row that only a later run has is in the table, too.
func TestRowsOfAllRunsAreWritten(t *testing.T) {
	later := sample("awslambdaric", 1.1)
	later.Rows[0].What = "hello, simplejson"
	table := group([]*report.Report{sample("embedded", 1.2), later}, "cold")
	for _, want := range []string{
		`| hello, json | bare Python | <a id="` + linked + `"></a>1.20 × **misses 1.15 ×** |  |`,
		`| hello, simplejson | bare Python |  | <a id="cold-hello-bare-python-awslambdaric-go1-26"></a>1.10 × (bound`,
	} {
		if !strings.Contains(table, want) {
			t.Errorf("%q is not in\n%s", want, table)
		}
	}
}

func TestAnUnknownFigureIsRefused(t *testing.T) {
	_, err := Fill("[1 ×](performance.md#warm-none)", []*report.Report{sample("embedded", 1)})
	if err == nil || !strings.Contains(err.Error(), "performance.md#warm-none") {
		t.Errorf("got %v", err)
	}
}

func TestCheckFindsFiguresThatAreNotFromResults(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"from the results":     {"It takes [1.23 ×](docs/performance.md#" + linked + ") as long.\n", ""},
		"an old one":           {"a\nIt takes [1.2 ×](docs/performance.md#" + linked + ") as long.\n", "line 2"},
		"invented":             {"It takes 5 ms.\n", "README.md:1: 5 ms"},
		"a ratio":              {"It takes 1.3 times as long.\n", "1.3 times"},
		"measured by hand":     {"## A\n<!-- measured by hand: 2026-11-27, time ls -->\n\nIt takes 5 ms.\n", ""},
		"the next section":     {"## A\n<!-- measured by hand: now -->\n## B\nIt takes 5 ms.\n", "README.md:4: 5 ms"},
		"by hand without when": {"<!-- measured by hand: -->\nIt takes 5 ms.\n", "README.md:2: 5 ms"},
		"an output":            {"```\n5 ms\n```\n    6 ms\n", ""},
		"not a measurement":    {"It has 5 functions and waits for 10 s at most, in 2 steps.\n", ""},
	} {
		t.Run(name, func(t *testing.T) {
			root := t.TempDir()
			if err := os.Mkdir(filepath.Join(root, "docs"), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(root, "README.md"), []byte(c.text), 0o644); err != nil {
				t.Fatal(err)
			}
			err := Check(root, []*report.Report{sample("embedded", 1.234)})
			if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

// Of each Go release and client, the newest results count.
func TestNewest(t *testing.T) {
	dir := t.TempDir()
	for _, one := range []struct {
		client, date, release string
		value                 float64
	}{
		{"awslambdaric", "2026-11-27", "go1.26.8", 1},
		{"embedded", "2026-11-26", "go1.26.7", 2},
		{"embedded", "2026-11-27", "go1.26.8", 3},
		{"embedded", "2026-11-25", "go1.27.3", 4},
	} {
		r := sample(one.client, one.value)
		r.Date, r.Go = one.date, one.release
		if _, err := r.Save(dir, "machine"); err != nil {
			t.Fatal(err)
		}
	}
	reports, err := Newest(dir)
	if err != nil {
		t.Fatal(err)
	}
	var got []float64
	for _, r := range reports {
		got = append(got, r.Rows[0].Value)
	}
	if len(got) != 3 || got[0] != 3 || got[1] != 4 || got[2] != 1 {
		t.Errorf("the values are %v, want 3, 4 and 1", got)
	}
	later := sample("embedded", 5)
	later.Date, later.Machine, later.Rows[0].Group = "2026-11-28", "another machine", "warm"
	later.Groups[0].Name = "warm"
	if _, err := later.Save(dir, "machine"); err != nil {
		t.Fatal(err)
	}
	if reports, err = Newest(dir); err != nil || len(reports[0].Rows) != 2 {
		t.Fatalf("with later results of another group, there are %+v (%v)", reports, err)
	}
	if text := loads(reports, "cold"); !strings.Contains(text, "embedded, go1.26: 1.5, with `-quick`;\n  a machine\n") {
		t.Errorf("the machine of the earlier group is not said: %s", text)
	}
	if _, err := Newest(t.TempDir()); err == nil || !strings.Contains(err.Error(), "mage bench -save") {
		t.Errorf("without results: %v", err)
	}
}

// A report that is measured again keeps the groups that it lacks.
func TestSavedGroupsAreKept(t *testing.T) {
	dir := t.TempDir()
	if _, err := sample("embedded", 1).Save(dir, "machine"); err != nil {
		t.Fatal(err)
	}
	other := sample("embedded", 2)
	other.Rows[0].Group, other.Groups[0].Name = "warm", "warm"
	other.Add(report.Row{Group: "events", What: "of a group that has failed"})
	path, err := other.Save(dir, "machine")
	if err != nil {
		t.Fatal(err)
	}
	r, err := report.Read(path)
	if err != nil || len(r.Rows) != 2 || r.Rows[0].Group != "warm" || r.Rows[1].Group != "cold" || len(r.Groups) != 2 {
		t.Errorf("there are %+v (%v)", r, err)
	}
}
