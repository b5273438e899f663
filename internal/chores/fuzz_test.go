package chores

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-sparta/sparta/internal/testfiles"
)

// fuzzed is a module with fuzz targets, and a module below it.
var fuzzed = map[string]string{
	"go.mod": "module fuzzed\n\ngo 1.24\n",
	"good/good_test.go": `package good
import "testing"
func FuzzGood(f *testing.F) { f.Add(1); f.Fuzz(func(t *testing.T, n int) {}) }
func TestNothing(t *testing.T) {}
type helper struct{}
func (helper) FuzzMethod(f *testing.F) {}
`,
	"bad/bad_test.go": `package bad
import "testing"
func FuzzBad(f *testing.F) { f.Fuzz(func(t *testing.T, text string) { if text != "" { t.Error("not empty") } }) }
`,
	"library/library_test.go": `//go:build lambdabinary

package library
import "testing"
func FuzzLibrary(f *testing.F) { f.Fuzz(func(t *testing.T, n int) {}) }
`,
	"library/other_test.go": `//go:build !lambdabinary

package library
import "testing"
func FuzzOther(*testing.F) {}
`,
	"below/go.mod":             "module below\n",
	"below/below_test.go":      "package below\nimport \"testing\"\nfunc FuzzBelow(f *testing.F) {}\n",
	"good/testdata/no_test.go": "package no\nfunc FuzzNo() {}\n",
}

func TestFuzzTargetsAreFound(t *testing.T) {
	root := t.TempDir()
	testfiles.Write(t, root, fuzzed)
	targets, err := fuzzTargets(root)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, target := range targets {
		found = append(found, strings.TrimSpace(target.name+" "+target.folder+" "+target.tags))
	}
	const want = "FuzzBad ./bad, FuzzGood ./good, FuzzLibrary ./library lambdabinary, FuzzOther ./library"
	if got := strings.Join(found, ", "); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if _, err := fuzzTargets(t.TempDir()); err == nil {
		t.Error("an empty folder has targets")
	}
}

func TestFuzzNamesTheInputThatFails(t *testing.T) {
	root := t.TempDir()
	testfiles.Write(t, root, fuzzed)
	var out bytes.Buffer
	run := Fuzz{Root: root, Time: 3 * time.Second, Only: "d", Processors: 4} // FuzzBad and FuzzGood
	err := run.Run(t.Context(), &out)
	if err == nil {
		t.Fatalf("it does not fail:\n%s", &out)
	}
	inputs, globErr := filepath.Glob(filepath.Join(root, "bad/testdata/fuzz/FuzzBad/*"))
	if globErr != nil || len(inputs) != 1 {
		t.Fatalf("%q, %v\n%s", inputs, globErr, &out)
	}
	for _, part := range []string{
		"1 of 2 fuzz targets failed", "bad/testdata/fuzz/FuzzBad/" + filepath.Base(inputs[0]), "-run=^FuzzBad/",
	} {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("%q is not in: %v", part, err)
		}
	}
	for _, part := range []string{"2 targets, 3s each, 2 at a time", "FuzzGood ./good: ", "not empty"} {
		if !strings.Contains(out.String(), part) {
			t.Errorf("%q is not in:\n%s", part, &out)
		}
	}
	out.Reset()
	alone := Fuzz{Root: root, Time: 2 * time.Second, Only: "d", Processors: 1}
	if err := alone.Run(t.Context(), &out); err == nil || !strings.Contains(out.String(), "1s each, 1 at a time") {
		t.Errorf("%v\n%s", err, &out)
	}
	if err := (Fuzz{Root: root, Only: "Nothing"}).Run(t.Context(), &out); err == nil {
		t.Error("no target is enough")
	}
	if _, err := os.Stat(filepath.Join(root, "good/testdata/fuzz")); err == nil {
		t.Error("a target that passes has written an input")
	}
}

func TestTheEndOfTheTimeIsNoFailure(t *testing.T) {
	for report, want := range map[string]bool{
		"--- FAIL: FuzzX (10.01s)\n    context deadline exceeded\nFAIL\n":                                       true,
		"--- FAIL: FuzzX (10.01s)\n    x_test.go:3: wrong\n    context deadline exceeded\nFAIL\n":               false,
		"--- FAIL: FuzzX (1s)\n    context deadline exceeded\n    Failing input written to testdata/fuzz/a/b\n": false,
		"--- FAIL: FuzzX (1s)\n    fuzzing process hung or terminated unexpectedly: exit status 2\nFAIL\n":      false,
		"panic: oh\n--- FAIL: FuzzX (1s)\n    context deadline exceeded\nFAIL\n":                                false,
		"ok x 10s\n": false,
	} {
		if got := onlyOutOfTime(report); got != want {
			t.Errorf("%q: %v", report, got)
		}
	}
}

// A run that ends while known inputs are still being executed proves nothing.
func TestATargetRunsUntilItHasExecutedSomething(t *testing.T) {
	const (
		known = "fuzz: elapsed: 3s, gathering baseline coverage: 2/40 completed\n"
		seeds = "fuzz: elapsed: 0s, testing seed corpus: 3/3 completed, now fuzzing with 2 workers\n"
		all   = "fuzz: elapsed: 1s, gathering baseline coverage: 40/40 completed, now fuzzing with 2 workers\n"
	)
	for name, test := range map[string]struct {
		reports []string
		want    string
		times   []time.Duration
	}{
		"at once": {
			[]string{all + "fuzz: elapsed: 3s, execs: 45 (9/sec), new interesting: 2 (total: 42)\n"},
			"5 executions, 2 new inputs",
			[]time.Duration{3 * time.Second},
		},
		"without coverage": {
			[]string{seeds + "fuzz: elapsed: 3s, execs: 4 (9/sec)\n"},
			"1 executions, 0 new inputs",
			[]time.Duration{3 * time.Second},
		},
		"later": {
			[]string{
				known, all + "fuzz: elapsed: 30s, execs: 40 (0/sec), new interesting: 0 (total: 40)\n",
				all + "fuzz: elapsed: 30s, execs: 0 (0/sec), new interesting: 0 (total: 40)\n" +
					"fuzz: elapsed: 300s, execs: 41 (0/sec), new interesting: 0 (total: 40)\n",
			},
			"1 executions, 0 new inputs",
			[]time.Duration{3 * time.Second, 12 * time.Second, 48 * time.Second},
		},
		"never": {
			[]string{known, known, known, known, known},
			"no execution",
			[]time.Duration{3 * time.Second, 12 * time.Second, 48 * time.Second, 192 * time.Second, 5 * time.Minute},
		},
	} {
		t.Run(name, func(t *testing.T) {
			var times []time.Duration
			report, err := untilExecuted(3*time.Second, func(limit time.Duration) (string, error) {
				times = append(times, limit)
				return test.reports[len(times)-1], nil
			})
			if got := executions(report); err != nil || got != test.want || !slices.Equal(times, test.times) {
				t.Errorf("%s in %v, %v, want %s in %v", got, times, err, test.want, test.times)
			}
		})
	}
	failure := errors.New("it fails")
	runs := 0
	_, err := untilExecuted(1, func(time.Duration) (string, error) { runs++; return known, failure })
	if !errors.Is(err, failure) || runs != 1 {
		t.Errorf("%d runs, %v", runs, err)
	}
}
