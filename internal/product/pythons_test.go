package product

import (
	"archive/zip"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/interpreter"
	"github.com/go-sparta/sparta/internal/lambdaruntime"
	"github.com/go-sparta/sparta/internal/pythonversion"
)

const (
	oldestMinor = 6 // of Python 3: the oldest that Lambda has run
	newestMinor = 14

	pythonsTable = "../../docs/pythons.md"
)

// TestEveryPython loads a library into each Python 3.6 to 3.14 on PATH or in pyenv, and compares the results with
// docs/pythons.md. `go tool mage pythons` writes the table.
func TestEveryPython(t *testing.T) {
	stage := boundary(t).stage()
	table, err := os.ReadFile(pythonsTable)
	if err != nil {
		t.Fatal(err)
	}
	rows := string(table)
	for minor := oldestMinor; minor <= newestMinor; minor++ {
		t.Run(fmt.Sprintf("3.%d", minor), func(t *testing.T) {
			version := fmt.Sprintf("3.%d", minor)
			row := regexp.MustCompile(`(?m)^\| ` + regexp.QuoteMeta(version) + ` \|.*$`)
			if len(row.FindAllString(rows, -1)) != 1 {
				t.Fatalf("docs/pythons.md has no row of its own for Python %s", version)
			}
			python, full := pythonversion.Find(t.Context(), version)
			if python.Path == "" {
				t.Skipf("this machine has no Python %s: neither python%s on PATH nor pyenv's", version, version)
			}
			verdict := "yes"
			if problem := serves(t, stage, python); problem != "" {
				t.Errorf("Python %s (%s): %s", full, python.Path, problem)
				verdict = "no"
			}
			if *update {
				rows = row.ReplaceAllLiteralString(rows, fmt.Sprintf("| %s | %s | %s |", version, verdict, full))
			} else if said := row.FindString(rows); !strings.HasPrefix(said, "| "+version+" | "+verdict+" |") {
				t.Errorf("docs/pythons.md says %q, and Python %s gave %q: go tool mage pythons", said, full, verdict)
			}
		})
	}
	if *update && rows != string(table) {
		if err := os.WriteFile(pythonsTable, []byte(rows), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// serves returns what is wrong with the answers of a library in this interpreter, or "".
func serves(t *testing.T, stage string, python interpreter.Python) string {
	t.Helper()
	for _, exchange := range []struct {
		handler, event string
		failed         bool
		want           string // the answer, or a part of the error document
	}{
		{"index.Echo", `{"a":["ü",1.10,null]}`, false, `{"a":["ü",1.10,null]}`},
		{"index.Typed", `{}`, false, `"number":1e+21`},
		{"index.Panics", `{}`, true, `"stackTrace"`},
	} {
		process := run(t, stage, lambdaruntime.Options{Handler: exchange.handler, Python: python})
		for range 2 { // the second finds it warm
			response := process.invoke(t, lambdaruntime.Request{Payload: []byte(exchange.event)})
			if response.Failed != exchange.failed || !strings.Contains(string(response.Payload), exchange.want) {
				return fmt.Sprintf("%s of %s answers %s", exchange.handler, exchange.event, response.Payload)
			}
		}
	}
	return ""
}

// The table contains exactly the versions that are tested.
func TestTheTableOfPythonsIsComplete(t *testing.T) {
	table, err := os.ReadFile(pythonsTable)
	if err != nil {
		t.Fatal(err)
	}
	var versions, want []string
	rows := regexp.MustCompile(`(?m)^\| (3\.[0-9]+) \| (yes|no|not tried) \|.*\|$`)
	for _, row := range rows.FindAllStringSubmatch(string(table), -1) {
		versions = append(versions, row[1])
	}
	for minor := oldestMinor; minor <= newestMinor; minor++ {
		want = append(want, fmt.Sprintf("3.%d", minor))
	}
	if !slices.Equal(versions, want) {
		t.Errorf("docs/pythons.md has rows for %q, want %q", versions, want)
	}
}

// Lambda's file system is read-only, so that Python would compile the modules of a package at each start. Packages for
// runtimes older than Python 3.12 are built in a container, because their C library is older than this machine's.
func TestAStartCompilesNothing(t *testing.T) {
	needHost(t)
	p := newProject(t, "plain")
	for minor := 12; minor <= newestMinor; minor++ {
		version := fmt.Sprintf("3.%d", minor)
		t.Run(version, func(t *testing.T) {
			python, _ := pythonversion.Find(t.Context(), version)
			if python.Path == "" {
				t.Skipf("this machine has no Python %s: neither python%s on PATH nor pyenv's", version, version)
			}
			p.build(t, "SPARTA_PYTHON=python"+version)
			unzipped := t.TempDir()
			packed, err := zip.OpenReader(filepath.Join(p.dir, ".sparta", "plain.zip"))
			if err != nil {
				t.Fatal(err)
			}
			defer packed.Close()
			if err := os.CopyFS(unzipped, packed); err != nil {
				t.Fatal(err)
			}
			ending := fmt.Sprintf(".cpython-3%d.pyc", minor)
			want := []string{
				"__pycache__/index" + ending,
				"_sparta/__pycache__/__init__" + ending,
				"_sparta/__pycache__/bootstrap" + ending,
			}
			if read := imported(t, python, unzipped); !slices.Equal(read, want) {
				t.Errorf("a start reads %q, want %q", read, want)
			}
		})
	}
}

// imported returns the files of a folder that Python takes the code of modules from when it imports index. A module
// that is compiled is its source.
func imported(t *testing.T, python interpreter.Python, folder string) []string {
	t.Helper()
	start := exec.CommandContext(t.Context(), python.Path, "-B", "-v", "-c", "import index")
	start.Dir = folder
	out, err := start.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	var read []string
	for _, line := range regexp.MustCompile(`(?m)^# code object from '?(.*?)'?$`).FindAllSubmatch(out, -1) {
		if name, err := filepath.Rel(folder, string(line[1])); err == nil && filepath.IsLocal(name) {
			read = append(read, filepath.ToSlash(name))
		}
	}
	return read
}
