package report

import (
	"bytes"
	"encoding/json"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/go-sparta/sparta/bench/internal/measure"
)

func contender(name string, times ...time.Duration) *measure.Contender {
	return &measure.Contender{Name: name, Times: times, CPU: times, Peak: 12}
}

func TestRowsAreJudged(t *testing.T) {
	r := new(Report)
	for _, one := range []Row{
		{Value: 1, Bound: 1}, {Value: 1.1, Bound: 1}, {Value: 9}, {Value: math.NaN(), Bound: 1}, {Verdict: Skipped},
	} {
		r.Add(one)
	}
	for i, want := range []string{Pass, Miss, Info, Miss, Skipped} {
		if got := r.Rows[i].Verdict; got != want {
			t.Errorf("row %d: %s, want %s", i, got, want)
		}
	}
	if r.Missed() != 2 {
		t.Errorf("%d rows are missed", r.Missed())
	}
}

// A row has both sides' quartiles, the quotient of the medians, and that of the processor time.
func TestCompare(t *testing.T) {
	row := Compare(contender("ours", 10, 20, 30), contender("peer", 20, 40, 30), 0.5)
	near := func(value float64) bool { return math.Abs(value-2.0/3) < 1e-9 }
	if !near(row.Value) || !near(row.CPU) || row.Runs != 3 || row.Ours.Time.Third != 30 || row.Theirs.Peak != 12 {
		t.Errorf("got %+v", row)
	}
	r := &Report{Machine: "a machine", Load: [2]string{"1.0", "2.0"}, Missing: []string{"node"}}
	r.Add(row)
	var table, encoded bytes.Buffer
	if err := r.WriteTable(&table); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"peer", "0.667 x (0.500 - 1.000)", "0.67 x", "12 : 12 MB", "<= 0.500 x", "MISS", "lacks node",
		"load: 1.0 at the start, 2.0 at the end", "1 missed",
	} {
		if !strings.Contains(table.String(), want) {
			t.Errorf("%q is not in\n%s", want, &table)
		}
	}
	var again Report
	if err := r.WriteJSON(&encoded); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(encoded.Bytes(), &again); err != nil || *again.Rows[0].Ours != *row.Ours {
		t.Errorf("from JSON, the row is %+v (%v)", again.Rows, err)
	}
}
