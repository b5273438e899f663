package lambdaruntime_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/interpreter"
	"github.com/go-sparta/sparta/internal/lambdaruntime"
	"github.com/go-sparta/sparta/internal/testrequire"
)

// If an interpreter has AWS's runtime client, it is preferred to the embedded one.
func TestAnInterpretersOwnClientIsUsed(t *testing.T) {
	venv := filepath.Join(t.TempDir(), "venv")
	cmd := exec.CommandContext(t.Context(), python(t).Path, "-m", "venv", "--without-pip", venv)
	if out, err := cmd.CombinedOutput(); err != nil {
		testrequire.Lack(t, "python", fmt.Errorf("make a virtual environment: %w: %s", err, out))
	}
	bin := filepath.Join(venv, "bin", "python")
	if runtime.GOOS == "windows" {
		bin = filepath.Join(venv, "Scripts", "python.exe")
	}
	const printPath = "import sysconfig; print(sysconfig.get_path('purelib'))"
	out, err := exec.CommandContext(t.Context(), bin, "-c", printPath).Output()
	if err != nil {
		t.Fatal(err)
	}
	// The embedded client with another version takes the place of AWS's.
	installed := filepath.Join(strings.TrimSpace(string(out)), "awslambdaric")
	if err := os.CopyFS(installed, os.DirFS("client/awslambdaric")); err != nil {
		t.Fatal(err)
	}
	const version = `__version__ = "4.0.1"`
	if err := os.WriteFile(filepath.Join(installed, "__init__.py"), []byte(version), 0o600); err != nil {
		t.Fatal(err)
	}
	// It cannot run without its C extension.
	if found, err := interpreter.Inspect(t.Context(), bin); err != nil || found.Client != "" {
		t.Errorf("client %q, %v, want none", found.Client, err)
	}
	if err := os.WriteFile(filepath.Join(filepath.Dir(installed), "runtime_client.py"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	found, err := interpreter.Inspect(t.Context(), bin)
	if err != nil {
		t.Fatal(err)
	}
	if found.Client != "4.0.1" {
		t.Errorf("client %q", found.Client)
	}
	for own, want := range map[bool]string{false: `"4.0.1"`, true: `"sparta"`} {
		p, err := lambdaruntime.Start(context.WithoutCancel(t.Context()), lambdaruntime.Options{
			Dir: functions, Handler: "about.client_version", Python: found, Workspace: workspace(), OwnClient: own,
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

func TestTheClientHasTheSyntaxOfPython36(t *testing.T) {
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
	for version, found := range pythons(t) {
		out, err := exec.CommandContext(t.Context(), found.Path, append([]string{"-c", check}, files...)...).
			CombinedOutput()
		if err != nil || strings.TrimSpace(string(out)) != fmt.Sprint(len(files)) || len(files) < 12 {
			t.Errorf("%s: %d files: %v\n%s", version, len(files), err, out)
		}
	}
}
