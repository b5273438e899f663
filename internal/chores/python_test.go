package chores

import (
	"bytes"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/testrequire"
)

// pythonModule copies the scripts to a module of their own with the given Python files.
func pythonModule(t *testing.T, files map[string]string) string {
	t.Helper()
	all := map[string]string{}
	for _, script := range []string{"unittests.py", "syntax36.py"} {
		text, err := os.ReadFile(script)
		if err != nil {
			t.Fatal(err)
		}
		all["internal/chores/"+script] = string(text)
	}
	for name, text := range files {
		all[name] = text
	}
	return writeFiles(t, all)
}

const head = "import unittest\nimport subject\nclass T(unittest.TestCase):\n"

func TestPythonTests(t *testing.T) {
	testrequire.Need(t, "python")
	for name, test := range map[string]struct {
		files          map[string]string
		passed, failed int
		skipped        []Skip
		prints         string
		fails          bool
	}{
		"tests in a folder of their own import the modules above them": {
			files: map[string]string{
				"lib/subject.py":        "one = 1\n",
				"lib/tests/test_one.py": head + "  def test_one(self): self.assertEqual(subject.one, 1)\n",
			},
			passed: 1, prints: "lib/tests (Python)",
		},
		"skips are counted with their reasons": {
			files: map[string]string{
				"lib/subject.py":  "",
				"lib/test_one.py": head + "  @unittest.skip('no simplejson')\n  def test_one(self): pass\n",
			},
			skipped: []Skip{{"lib test_one.T.test_one", "no simplejson"}},
		},
		"a failure is shown": {
			files: map[string]string{
				"lib/subject.py": "",
				"lib/test_one.py": head + "  def test_one(self): self.fail('two is not one')\n" +
					"  def test_two(self): print('{}')\n",
			},
			passed: 1, failed: 1, fails: true, prints: "two is not one",
		},
		"a test file that cannot be imported is a failure": {
			files:  map[string]string{"lib/test_one.py": "import nowhere_to_be_found\n"},
			failed: 1, fails: true, prints: "nowhere_to_be_found",
		},
		"a test file without tests is a failure": {
			files: map[string]string{"lib/test_one.py": "x = 1\n"}, fails: true, prints: "FAIL",
		},
		"no Python tests at all": {},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := pythonModule(t, test.files)
			var out bytes.Buffer
			tally, err := PythonTests(t.Context(), dir, &out)
			if (err != nil) != test.fails {
				t.Errorf("error %v, want one: %v", err, test.fails)
			}
			if tally.Passed != test.passed || tally.Failed != test.failed {
				t.Errorf("%d passed and %d failed, want %d and %d\n%s",
					tally.Passed, tally.Failed, test.passed, test.failed, &out)
			}
			if !slices.Equal(tally.Skipped, test.skipped) {
				t.Errorf("skipped %q, want %q", tally.Skipped, test.skipped)
			}
			if !strings.Contains(out.String(), test.prints) {
				t.Errorf("%q is missing from:\n%s", test.prints, &out)
			}
			if compiled, _ := Find(dir, "*.pyc"); len(compiled) > 0 {
				t.Errorf("left behind %q", compiled)
			}
		})
	}
}

func TestMissingPython(t *testing.T) {
	dir := pythonModule(t, map[string]string{"lib/test_one.py": "import unittest\n"})
	t.Setenv("PATH", t.TempDir())
	t.Setenv("SPARTA_TEST_REQUIRE", "docker")
	var out bytes.Buffer
	tally, err := PythonTests(t.Context(), dir, &out)
	if err != nil || len(tally.Skipped) != 1 || tally.Skipped[0].Test != "lib/test_one.py" {
		t.Errorf("tests: %v, skipped %q: want lib/test_one.py skipped", err, tally.Skipped)
	}
	if err := PythonSyntax(t.Context(), dir, &out); err != nil {
		t.Errorf("syntax: %v, want none", err)
	}
	t.Setenv("SPARTA_TEST_REQUIRE", "docker, python")
	if _, err := PythonTests(t.Context(), dir, &out); err == nil {
		t.Error("tests: no error though python is required")
	}
	if err := PythonSyntax(t.Context(), dir, &out); err == nil {
		t.Error("syntax: no error though python is required")
	}
}

func TestPythonSyntax(t *testing.T) {
	testrequire.Need(t, "python")
	for name, test := range map[string]struct{ source, prints string }{
		"3.6":                                {"async def f(x: int = 1, **kw):\n  return f'{x}'\n", ""},
		"a walrus operator, of 3.8":          {"if (x := 1): pass\n", "a.py:1: "},
		"positional-only parameters, of 3.8": {"\ndef f(x, /): pass\n", "a.py:2: "},
		"an unfinished file":                 {"def f(:\n", "a.py:1: "},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := pythonModule(t, map[string]string{"a.py": test.source})
			var out bytes.Buffer
			err := PythonSyntax(t.Context(), dir, &out)
			if (err != nil) != (test.prints != "") || !strings.Contains(out.String(), test.prints) {
				t.Errorf("error %v, printed %q, want %q", err, &out, test.prints)
			}
		})
	}
}

func TestRequiredWithout(t *testing.T) {
	for value, want := range map[string]string{"": "", "docker": "", "gcc, docker,aws": "gcc,aws", "aws": "aws"} {
		t.Setenv("SPARTA_TEST_REQUIRE", value)
		if got := RequiredWithout("docker"); got != want {
			t.Errorf("RequiredWithout(docker) of %q = %q, want %q", value, got, want)
		}
	}
}
