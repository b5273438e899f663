package main

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// samplesOf makes samples of two processes. Those of the second one do not count.
func samplesOf(of func(i int) sample) []sample {
	var samples []sample
	for i := range 100 {
		samples = append(samples, of(i), sample{process: 1, resident: float64(i * i), threads: float64(i)})
	}
	return samples
}

func TestGrowth(t *testing.T) {
	flat := sample{resident: 60, heap: 1, goroutines: 2, threads: 9, descriptors: 10}
	for name, c := range map[string]struct {
		of    func(i int) sample
		grows string
	}{
		"nothing": {func(int) sample { return flat }, ""},
		"a warm-up": {func(i int) sample {
			s := flat
			s.resident += float64(min(i, 19))
			return s
		}, ""},
		"peaks": {func(i int) sample {
			s := flat
			s.resident += float64(i%3) * 30
			s.threads += float64(i % 2)
			return s
		}, ""},
		"a leak in C": {func(i int) sample {
			s := flat
			s.resident += float64(i) * 0.5
			return s
		}, "resident memory"},
		"a leak in Go": {func(i int) sample {
			s := flat
			s.heap += float64(i) * 0.02
			return s
		}, "Go's live heap"},
		"goroutines": {func(i int) sample {
			s := flat
			s.goroutines += float64(i / 50)
			return s
		}, "goroutines"},
		"threads": {func(i int) sample {
			s := flat
			s.threads += float64(i / 10)
			return s
		}, "threads"},
		"descriptors": {func(i int) sample {
			s := flat
			s.descriptors += float64(i / 20)
			return s
		}, "descriptors"},
	} {
		var grown []string
		for _, g := range growthOf(samplesOf(c.of)) {
			if g.tooLarge() {
				grown = append(grown, g.name)
			}
		}
		if got := strings.Join(grown, ", "); got != c.grows {
			t.Errorf("%s: %q grows, want %q", name, got, c.grows)
		}
	}
	if growthOf(samplesOf(func(int) sample { return flat })[:10]) != nil {
		t.Error("ten samples are enough")
	}
}

func TestTheReportSaysWhatIsWrong(t *testing.T) {
	o := options{invocations: 2, seed: 5, processes: 1}
	w := &worker{options: o, tally: newTally(new(bytes.Buffer)), stderr: newWatch()}
	w.tally.done(step{})
	var out bytes.Buffer
	if !o.report(&out, []*worker{w}, 1e9) || !slices.Contains(linesOf(out.String()), "lost 1") {
		t.Errorf("a lost event:\n%s", &out)
	}
	if !strings.Contains(out.String(), "go tool mage soak -seed=5 -n=2 -processes=1") {
		t.Errorf("it does not say how to repeat it:\n%s", &out)
	}
	w.tally.done(step{})
	w.tally.wrong(fmt.Errorf("%w: closed", errLost))
	if out.Reset(); !o.report(&out, []*worker{w}, 1e9) || !slices.Contains(linesOf(out.String()), "lost 1") {
		t.Errorf("an event without an answer:\n%s", &out)
	}
	w.tally.lost = 0
	if o.report(&out, []*worker{w}, 1e9) {
		t.Errorf("nothing is wrong:\n%s", &out)
	}
	if _, err := w.stderr.Write([]byte("WARNING: DATA RACE\n")); err != nil || !o.report(&out, []*worker{w}, 1e9) {
		t.Errorf("a race:\n%s", &out)
	}
}

// linesOf returns the lines of a table with a space between the columns.
func linesOf(table string) []string {
	var lines []string
	for line := range strings.Lines(table) {
		lines = append(lines, strings.Join(strings.Fields(line), " "))
	}
	return lines
}
