// Package interpreter finds and inspects the Python interpreters of this machine.
package interpreter

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"time"
)

// Python is an interpreter of this machine.
type Python struct {
	Path    string // the interpreter itself, even if PATH has a version manager's script instead
	Version string // major and minor: "3.13"
	Client  string // version of AWS's own runtime client, or empty if the interpreter cannot import it
}

// describe prints an interpreter's path, version and runtime client, a line each.
//
// Python looks for modules in the working directory first, where it must not find, for example, the user's logging.py
// instead of the standard library's.
const describe = `import sys
sys.path[:] = [folder for folder in sys.path if folder]
client = ""
try:
    import awslambdaric.bootstrap, runtime_client  # the second is in C, and missing where there is no Linux
    client = getattr(awslambdaric, "__version__", "unknown")
except ImportError:
    pass
print(sys.executable)
print("%d.%d" % sys.version_info[:2])
print(client)
`

// Find finds an interpreter on PATH: one of the given version ("3.13" or "python3.13"), else any python3.
// The version found may therefore differ from the one asked for. An empty version means any.
func Find(ctx context.Context, version string) (Python, error) {
	version = strings.TrimPrefix(version, "python")
	names := []string{"python3", "python"}
	if version != "" {
		names = append([]string{"python" + version}, names...)
	}
	var causes []error
	for _, name := range names {
		path, err := exec.LookPath(name)
		if err != nil {
			continue
		}
		// A version manager's scripts on PATH fail for versions that are not enabled.
		python, err := Inspect(ctx, path)
		if err == nil {
			return python, nil
		}
		if ctx.Err() != nil {
			return Python{}, fmt.Errorf("look for python%s: %w", cmp.Or(version, "3"), context.Cause(ctx))
		}
		causes = append(causes, err)
	}
	wanted := "python" + cmp.Or(version, "3")
	if len(causes) == 0 {
		return Python{}, fmt.Errorf("find %s: no python3 on PATH; "+
			"install it (Debian: apt-get install python3, macOS: brew install %s)", wanted, brewName(version))
	}
	return Python{}, fmt.Errorf("find %s: no interpreter on PATH works; install or enable one: %w",
		wanted, errors.Join(causes...))
}

// Complete returns the interpreter with the fields that are missing: it inspects it, or searches for one.
func Complete(ctx context.Context, p Python) (Python, error) {
	switch {
	case p.Path == "":
		return Find(ctx, p.Version)
	case p.Version == "":
		return Inspect(ctx, p.Path)
	default:
		return p, nil
	}
}

// Inspect runs the interpreter at path to describe it. The oldest supported version is Python 3.6.
func Inspect(ctx context.Context, path string) (Python, error) {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, path, "-c", describe)
	cmd.Env = append(Environment(), "PYTHONIOENCODING=utf-8", "PYTHONDONTWRITEBYTECODE=1")
	cmd.WaitDelay = time.Second
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return Python{}, fmt.Errorf("run %s: %w: %s", path, err, bytes.TrimSpace(stderr.Bytes()))
	}
	lines := strings.Split(strings.ReplaceAll(string(out), "\r\n", "\n"), "\n")
	if len(lines) < 3 || lines[0] == "" {
		return Python{}, fmt.Errorf("run %s: unexpected answer %q", path, out)
	}
	python := Python{Path: lines[0], Version: lines[1], Client: lines[2]}
	var major, minor int
	if _, err := fmt.Sscanf(python.Version, "%d.%d", &major, &minor); err != nil || major != 3 || minor < 6 {
		return Python{}, fmt.Errorf("%s is Python %s, but 3.6 or newer is required", path, python.Version)
	}
	return python, nil
}

func brewName(version string) string {
	if version == "" {
		return "python3"
	}
	return "python@" + version
}
