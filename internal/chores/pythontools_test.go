//go:build go1.25

package chores

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-sparta/sparta/internal/testrequire"
)

// fakePython is a script in place of an interpreter. It logs its arguments and fails at the steps that FAIL
// lists.
const fakePython = `#!/bin/sh
echo "$(basename "$0") $*" >>"$LOG"
case "$*" in
*"import sys"*) printf '%s\n' "$0" "$PYTHON_VERSION" "$PYTHON_VERSION.1 (main)"; [ -z "$OLD" ]; exit;;
*"-m venv --clear"*) mkdir -p "$5/bin"; cp "$0" "$5/bin/python"; exit;;
*"-m venv"*) case "$FAIL" in *venv*) echo 'ensurepip is not available'; exit 1;; esac
  mkdir -p "$3/bin"; cp "$0" "$3/bin/python"; exit;;
*"pip --version"*) case "$FAIL" in *hostpip*) exit 1;; esac; exit;;
*install*) case "$FAIL" in *install*) echo 'no matching distribution'; exit 1;; esac; exit;;
esac
exit 2
`

// fakeTools puts the fake interpreter first on PATH and returns an environment that it makes.
func fakeTools(t *testing.T) (tools PythonTools, calls func() string) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("the stand-in for Python is a shell script")
	}
	dir := t.TempDir()
	log := filepath.Join(dir, "log")
	if err := os.WriteFile(filepath.Join(dir, "python3"), []byte(fakePython), 0o755); err != nil {
		t.Fatal(err)
	}
	tools = PythonTools{Requirements: filepath.Join(dir, "requirements.txt"), Cache: filepath.Join(dir, "cache")}
	if err := os.WriteFile(tools.Requirements, []byte("moto==1\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]string{
		"PATH": dir + ":/usr/bin:/bin", "LOG": log, "PYTHON_VERSION": "3.11", "FAIL": "", "OLD": "",
	} {
		t.Setenv(name, value)
	}
	// Real interpreters with these names would be preferred.
	for _, name := range []string{"python3.13", "python3.14", "python3.12", "python3.11", "python3.10"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\nexit 127\n"), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	return tools, func() string {
		text, err := os.ReadFile(log)
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Fatal(err)
		}
		return string(text)
	}
}

// makeTools makes the environment and fails the test if that fails.
func makeTools(t *testing.T, tools PythonTools) string {
	t.Helper()
	bin, err := tools.Make(t.Context(), &bytes.Buffer{})
	if err != nil {
		t.Fatal(err)
	}
	return bin
}

func TestPythonToolsAreInstalledOnce(t *testing.T) {
	tools, calls := fakeTools(t)
	bins := make([]string, 4)
	var wg sync.WaitGroup
	for i := range bins {
		wg.Go(func() {
			var err error
			if bins[i], err = tools.Make(t.Context(), &bytes.Buffer{}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	for _, bin := range bins {
		if bin != bins[0] {
			t.Errorf("environments %q and %q, want one", bins[0], bin)
		}
	}
	if got := strings.Count(calls(), " --require-hashes -r "+tools.Requirements); got != 1 {
		t.Errorf("installed %d times, want once:\n%s", got, calls())
	}
	if _, err := os.Stat(filepath.Join(bins[0], "python")); err != nil {
		t.Error(err)
	}
}

func TestEnvironmentsDependOnRequirementsAndPython(t *testing.T) {
	tools, _ := fakeTools(t)
	first := makeTools(t, tools)
	t.Setenv("PYTHON_VERSION", "3.12")
	second := makeTools(t, tools)
	if err := os.WriteFile(tools.Requirements, []byte("moto==2\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	third := makeTools(t, tools)
	if first == second || second == third || first == third {
		t.Errorf("environments %q, %q and %q, want three", first, second, third)
	}
}

func TestAKilledInstallationIsReplaced(t *testing.T) {
	tools, calls := fakeTools(t)
	bin := makeTools(t, tools)
	dir := filepath.Dir(bin)
	if err := os.Remove(filepath.Join(dir, "whole")); err != nil {
		t.Fatal(err)
	}
	half := filepath.Join(dir, "half")
	if err := os.WriteFile(half, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if again := makeTools(t, tools); again != bin {
		t.Errorf("environment %q, want %q", again, bin)
	}
	if _, err := os.Stat(half); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a file of the killed run remains: %v", err)
	}
	if got := strings.Count(calls(), "--require-hashes"); got != 2 {
		t.Errorf("installed %d times, want twice", got)
	}
}

func TestPythonToolsFallBackAndFail(t *testing.T) {
	for name, test := range map[string]struct {
		fail, old string
		want      error
		says      []string
		calls     string
	}{
		"without ensurepip the interpreter's own pip installs": {fail: "venv", calls: "python3 -m pip --python "},
		"without any pip": {
			fail: "venv hostpip",
			want: errNoVenv,
			says: []string{"ensurepip is not available"},
		},
		"a package that cannot be downloaded": {
			fail: "install",
			says: []string{"no matching distribution", "--require-hashes"},
		},
		"an interpreter that is too old": {
			old:  "yes",
			want: errNoPython,
			says: []string{"3.10 or newer", "Python 3.11"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			tools, calls := fakeTools(t)
			t.Setenv("FAIL", test.fail)
			t.Setenv("OLD", test.old)
			_, err := tools.Make(t.Context(), &bytes.Buffer{})
			if (err != nil) != (test.want != nil || test.says != nil) ||
				test.want != nil && !errors.Is(err, test.want) {
				t.Fatalf("error %v, want %v", err, test.want)
			}
			for _, words := range test.says {
				if !strings.Contains(err.Error(), words) {
					t.Errorf("error %v, want %q in it", err, words)
				}
			}
			if !strings.Contains(calls(), test.calls) {
				t.Errorf("calls were\n%swant %q", calls(), test.calls)
			}
			if err == nil {
				return
			}
			if left, _ := filepath.Glob(filepath.Join(tools.Cache, "3*", "*")); left != nil {
				t.Errorf("left behind: %q", left)
			}
		})
	}
}

func TestAnInstallationEndsWithItsContext(t *testing.T) {
	tools, _ := fakeTools(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := tools.Make(ctx, &bytes.Buffer{}); !errors.Is(err, context.Canceled) {
		t.Errorf("Make() = %v, want %v", err, context.Canceled)
	}
}

func TestUnusedEnvironmentsAreRemoved(t *testing.T) {
	tools, _ := fakeTools(t)
	first := makeTools(t, tools)
	long := time.Now().Add(-keepUnused - time.Hour)
	if err := os.Chtimes(filepath.Join(filepath.Dir(first), "whole"), long, long); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PYTHON_VERSION", "3.12")
	second := makeTools(t, tools)
	if _, err := os.Stat(first); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the unused environment remains: %v", err)
	}
	if _, err := os.Stat(second); err != nil {
		t.Error(err)
	}
}

func TestSetUp(t *testing.T) {
	sudo := "sudo "
	if os.Geteuid() == 0 {
		sudo = ""
	}
	for name, test := range map[string]struct {
		fail, cc, program string
		says              []string
		found             bool
	}{
		"nothing is missing": {cc: "sh", found: true},
		"no compiler, on Debian": {
			cc: "no-such-cc", program: "apt-get", found: true,
			says: []string{"continuing without gcc", "  " + sudo + "apt-get install -y gcc libc6-dev\n"},
		},
		"no compiler and no venv, on Fedora": {
			cc: "no-such-cc", program: "dnf", fail: "venv hostpip",
			says: []string{"gcc and python3", "  " + sudo + "dnf install -y gcc glibc-devel python3.12\n"},
		},
		"no venv, with Homebrew": {
			cc:      "sh",
			program: "brew",
			fail:    "venv hostpip",
			says:    []string{"  brew install python@3.13\n"},
		},
		"no network": {cc: "sh", fail: "install", says: []string{"no matching distribution"}},
	} {
		t.Run(name, func(t *testing.T) {
			if runtime.GOOS == "darwin" && test.cc == "no-such-cc" {
				t.Skip("macOS has another command for the compiler")
			}
			tools, _ := fakeTools(t)
			t.Setenv("FAIL", test.fail)
			t.Setenv("CC", test.cc)
			dir := filepath.Dir(tools.Requirements)
			for _, tool := range []string{"sh", "basename", "mkdir", "cp"} { // but no package manager
				link(t, dir, tool)
			}
			t.Setenv("PATH", dir)
			if test.program != "" {
				if err := os.WriteFile(filepath.Join(dir, test.program), []byte("#!/bin/sh\n"), 0o755); err != nil {
					t.Fatal(err)
				}
			}
			var out bytes.Buffer
			if err := tools.setUp(t.Context(), &out); err != nil {
				t.Fatal(err)
			}
			for _, words := range test.says {
				if !strings.Contains(out.String(), words) {
					t.Errorf("wrote %q, want %q", out.String(), words)
				}
			}
			if got := strings.HasPrefix(os.Getenv("PATH"), tools.Cache); got != test.found {
				t.Errorf("PATH is %q, first an environment's: want %v", os.Getenv("PATH"), test.found)
			}
		})
	}
}

// link links a program of this machine in a folder.
func link(t *testing.T, dir, program string) {
	t.Helper()
	for _, folder := range []string{"/bin", "/usr/bin"} {
		if path := filepath.Join(folder, program); exists(path) {
			if err := os.Symlink(path, filepath.Join(dir, program)); err != nil {
				t.Fatal(err)
			}
			return
		}
	}
	t.Fatalf("no %s", program)
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// A run whose PATH begins with the programs of an earlier run's environment uses that one.
func TestAnEnvironmentIsNotMadeInAnother(t *testing.T) {
	testrequire.Need(t, "python")
	base, err := findToolsPython(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := quiet(t.Context(), base.path, "-m", "venv", "--without-pip", dir); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", programs(dir)+string(os.PathListSeparator)+os.Getenv("PATH"))
	if again, err := findToolsPython(t.Context()); err != nil || again != base {
		t.Errorf("got %+v (%v), want %+v", again, err, base)
	}
}
