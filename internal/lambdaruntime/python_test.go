package lambdaruntime_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/lambdaruntime"
)

// script makes an executable that answers as an interpreter does which describes itself.
func script(t *testing.T, dir, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\n"+text+"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
}

func TestFindPython(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the stand-ins are shell scripts")
	}
	answer := func(path, version, client string) string {
		return fmt.Sprintf("printf '%s\\n%s\\n%s\\n'", path, version, client)
	}
	for name, c := range map[string]struct {
		scripts map[string]string
		version string
		want    lambdaruntime.Python
		errors  []string
	}{
		"the version asked for": {
			scripts: map[string]string{"python3.13": answer("/a/python3.13", "3.13", ""), "python3": answer("/a/python3", "3.9", "")},
			version: "3.13", want: lambdaruntime.Python{Path: "/a/python3.13", Version: "3.13"},
		},
		"a runtime's name will do": {
			scripts: map[string]string{"python3.13": answer("/a/python3.13", "3.13", "4.0.1"), "python3": answer("/a/python3", "3.9", "")},
			version: "python3.13", want: lambdaruntime.Python{Path: "/a/python3.13", Version: "3.13", Client: "4.0.1"},
		},
		"any other, where that one is missing": {
			scripts: map[string]string{"python3": answer("/a/python3", "3.9", "")},
			version: "3.13", want: lambdaruntime.Python{Path: "/a/python3", Version: "3.9"},
		},
		"any other, where that one is not enabled": {
			scripts: map[string]string{"python3.13": "exit 127", "python3": answer("/a/python3", "3.9", "")},
			version: "3.13", want: lambdaruntime.Python{Path: "/a/python3", Version: "3.9"},
		},
		"none at all": {version: "3.13", errors: []string{"find python3.13", "apt-get install python3", "brew install python@3.13"}},
		"one that is broken": {
			scripts: map[string]string{"python3": "echo cannot load >&2; exit 1"},
			errors:  []string{"find python3", "cannot load"},
		},
		"one that is too old": {
			scripts: map[string]string{"python": answer("/a/python", "2.7", "")},
			errors:  []string{"is Python 2.7; 3.6 or newer is needed"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			for program, text := range c.scripts {
				script(t, dir, program, text)
			}
			t.Setenv("PATH", dir)
			got, err := lambdaruntime.FindPython(t.Context(), c.version)
			if got != c.want {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
			if (err != nil) != (c.errors != nil) {
				t.Fatalf("error %v", err)
			}
			for _, part := range c.errors {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("error %v, want %q", err, part)
				}
			}
		})
	}
}

func TestFindPythonEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := lambdaruntime.FindPython(ctx, python(t).Version); !errors.Is(err, context.Canceled) || strings.Contains(err.Error(), "install") {
		t.Errorf("FindPython() = %v", err)
	}
}

// AWS's runtime client, where an interpreter has it, is preferred to the embedded one.
func TestAnInterpretersOwnClientIsUsed(t *testing.T) {
	venv := filepath.Join(t.TempDir(), "venv")
	if out, err := exec.CommandContext(t.Context(), python(t).Path, "-m", "venv", "--without-pip", venv).CombinedOutput(); err != nil {
		need(t, "python", fmt.Sprintf("make a virtual environment: %v: %s", err, out))
	}
	bin := filepath.Join(venv, "bin", "python")
	if runtime.GOOS == "windows" {
		bin = filepath.Join(venv, "Scripts", "python.exe")
	}
	out, err := exec.CommandContext(t.Context(), bin, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").Output()
	if err != nil {
		t.Fatal(err)
	}
	// The embedded client under another version stands for AWS's.
	installed := filepath.Join(strings.TrimSpace(string(out)), "awslambdaric")
	if err := os.CopyFS(installed, os.DirFS("client/awslambdaric")); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(installed, "__init__.py"), []byte(`__version__ = "4.0.1"`), 0o600); err != nil {
		t.Fatal(err)
	}
	// Without its part in C it cannot run.
	if interpreter, err := lambdaruntime.InspectPython(t.Context(), bin); err != nil || interpreter.Client != "" {
		t.Errorf("client %q, %v, want none", interpreter.Client, err)
	}
	if err := os.WriteFile(filepath.Join(filepath.Dir(installed), "runtime_client.py"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	interpreter, err := lambdaruntime.InspectPython(t.Context(), bin)
	if err != nil {
		t.Fatal(err)
	}
	if interpreter.Client != "4.0.1" {
		t.Errorf("client %q", interpreter.Client)
	}
	for own, want := range map[bool]string{false: `"4.0.1"`, true: `"sparta"`} {
		p, err := lambdaruntime.Start(context.WithoutCancel(t.Context()), lambdaruntime.Options{
			Dir: functions, Handler: "about.client_version", Python: interpreter, Workspace: workspace(), OwnClient: own,
		})
		if err != nil {
			t.Fatal(err)
		}
		if got := invoke(t, p, "{}"); string(got.Payload) != want {
			t.Errorf("OwnClient %v: got %s, want %s", own, got.Payload, want)
		}
		_ = p.Close()
	}
}

func TestTheClientsSyntaxIsThatOfPython36(t *testing.T) {
	const check = `import ast, sys
for path in sys.argv[1:]:
    with open(path, encoding="utf-8") as source:
        text = source.read()
    ast.parse(text, path, **({"feature_version": (3, 6)} if sys.version_info >= (3, 8) else {}))
    compile(text, path, "exec")
print(len(sys.argv) - 1)
`
	files, err := filepath.Glob("client/*/*.py")
	if err != nil {
		t.Fatal(err)
	}
	deeper, _ := filepath.Glob("client/*/*/*.py")
	files = append(append(files, deeper...), "client/bootstrap.py")
	for version, interpreter := range pythons(t) {
		out, err := exec.CommandContext(t.Context(), interpreter.Path, append([]string{"-c", check}, files...)...).CombinedOutput()
		if err != nil || strings.TrimSpace(string(out)) != fmt.Sprint(len(files)) || len(files) < 12 {
			t.Errorf("%s: %d files: %v\n%s", version, len(files), err, out)
		}
	}
}
