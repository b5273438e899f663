package chores

import (
	"bytes"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/testfiles"
)

// module is a Go module with tests of every result.
var module = map[string]string{
	"go.mod": "module fates\n\ngo 1.26\n",
	"good/good_test.go": `package good
import "testing"
func TestFine(t *testing.T) { t.Log("silent") }
func TestNoDocker(t *testing.T) { t.Skip("docker does not answer") }
func TestWhy(t *testing.T) { t.Run("sub", func(t *testing.T) { t.SkipNow() }) }
`,
	"bad/bad_test.go": `package bad
import "testing"
func TestFine(t *testing.T) { t.Log("silent") }
func TestWrong(t *testing.T) { t.Error("two is not one") }
`,
	"dead/dead_test.go": `package dead
import "testing"
func TestPanic(t *testing.T) { panic("out of luck") }
`,
	"broken/broken_test.go": "package broken\nvar x int = \"a string\"\n",
	"none/none.go":          "package none\n",
}

func writeFiles(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	testfiles.Write(t, dir, files)
	return dir
}

func TestGoTest(t *testing.T) {
	dir := writeFiles(t, module)
	for name, test := range map[string]struct {
		pkg             string
		passed, failed  int
		skipped         []Skip
		prints, conceal []string
		fails           bool
	}{
		"a good package is one line and its skips are counted with their reasons": {
			pkg:    "./good",
			passed: 2,
			skipped: []Skip{
				{"fates/good TestNoDocker", "docker does not answer"},
				{"fates/good TestWhy/sub", "no reason given"},
			},
			prints:  []string{"ok ", "fates/good\n"},
			conceal: []string{"silent", "=== RUN"},
		},
		"a failed test is shown and a passed one beside it is not": {
			pkg: "./bad", passed: 1, failed: 1, fails: true,
			prints: []string{"FAIL ", "fates/bad\n", "two is not one"}, conceal: []string{"silent"},
		},
		"a panic is shown": {pkg: "./dead", failed: 1, fails: true, prints: []string{"out of luck", "dead_test.go:3"}},
		"a build error is shown and counts as one failure": {
			pkg: "./broken", failed: 1, fails: true, prints: []string{"broken_test.go:2", "FAIL "},
		},
		"a package without tests does not fail": {pkg: "./none", conceal: []string{"FAIL"}},
		"a missing package fails with the go command's message": {
			pkg: "./nowhere", failed: 1, fails: true, prints: []string{"nowhere"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var out bytes.Buffer
			tally, err := GoTest(t.Context(), Go("test", "-json", test.pkg).In(dir), &out, false)
			if (err != nil) != test.fails {
				t.Errorf("error %v, want one: %v", err, test.fails)
			}
			if tally.Passed != test.passed || tally.Failed != test.failed {
				t.Errorf("%d passed and %d failed, want %d and %d", tally.Passed, tally.Failed, test.passed,
					test.failed)
			}
			if len(tally.Skipped) != len(test.skipped) {
				t.Fatalf("skipped %q, want %q", tally.Skipped, test.skipped)
			}
			for i, skip := range tally.Skipped {
				if skip != test.skipped[i] {
					t.Errorf("skipped %q, want %q", skip, test.skipped[i])
				}
			}
			for _, text := range test.prints {
				if !strings.Contains(out.String(), text) {
					t.Errorf("%q is missing from:\n%s", text, &out)
				}
			}
			for _, text := range test.conceal {
				if strings.Contains(out.String(), text) {
					t.Errorf("%q should not be in:\n%s", text, &out)
				}
			}
		})
	}
}

func TestTallyReport(t *testing.T) {
	var tally Tally
	tally.Add(Tally{Passed: 3, Skipped: []Skip{{"p TestB", "no docker"}, {"p TestC", "no gcc"}}})
	tally.Add(Tally{Passed: 1, Failed: 2, Skipped: []Skip{{"p TestA", "no docker"}}})
	var out bytes.Buffer
	tally.Report(&out)
	want := "\n4 passed, 2 failed, 3 skipped\n" +
		"  skipped 2: no docker\n    p TestA\n    p TestB\n" +
		"  skipped 1: no gcc\n    p TestC\n"
	if out.String() != want {
		t.Errorf("reported\n%s\nwant\n%s", &out, want)
	}
}

func TestGoTests(t *testing.T) {
	dir := writeFiles(t, module)
	for name, test := range map[string]struct {
		first, second string
		fails         bool
	}{
		"two that pass":            {"./good", "./good", false},
		"one that fails, at first": {"./bad", "./good", true},
		"one that fails, at last":  {"./good", "./bad", true},
	} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			run := func(pkg string) Command { return Go("test", "-json", pkg).In(dir) }
			tally, err := GoTests(t.Context(), []Command{run(test.first), run(test.second)}, &out, false)
			if (err != nil) != test.fails || tally.Failed > 0 != test.fails {
				t.Errorf("error %v, %d failed; want an error: %t", err, tally.Failed, test.fails)
			}
			first := strings.Index(out.String(), "fates/"+test.first[2:]+"\n")
			second := strings.LastIndex(out.String(), "fates/"+test.second[2:]+"\n")
			if first < 0 || second <= first {
				t.Errorf("the packages are not reported in the order of the commands:\n%s", out.String())
			}
		})
	}
}
