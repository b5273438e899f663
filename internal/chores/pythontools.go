package chores

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// keepUnused is how long a virtual environment is kept without being used.
const keepUnused = 30 * 24 * time.Hour

// PythonTools describes the virtual environment with AWS's runtime client, moto, cfn-lint and the AWS CLI. All
// working copies with the same requirements share it, and it is made once for each Python.
type PythonTools struct {
	Requirements string // a file for pip, with hashes; empty means .ci/requirements.txt
	Cache        string // the folder that holds the environments; empty means sparta/python of the user's cache folder
}

// Make returns the environment's folder of programs. If the environment does not exist, Make writes a line to
// out and installs it. The next run replaces what a killed run leaves.
func (t PythonTools) Make(ctx context.Context, out io.Writer) (string, error) {
	if t.Requirements == "" {
		t.Requirements = ".ci/requirements.txt"
	}
	pinned, err := os.ReadFile(t.Requirements)
	if err != nil {
		return "", fmt.Errorf("make the Python environment: %w", err)
	}
	python, err := findToolsPython(ctx)
	if err != nil {
		return "", fmt.Errorf("make the Python environment: %w", err)
	}
	if t.Cache == "" {
		cache, err := os.UserCacheDir()
		if err != nil {
			return "", fmt.Errorf("make the Python environment: %w; set HOME", err)
		}
		t.Cache = filepath.Join(cache, "sparta", "python")
	}
	if err := os.MkdirAll(t.Cache, 0o755); err != nil {
		return "", fmt.Errorf("make the Python environment: %w", err)
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%s\x00%s", pinned, python.path, python.build))
	dir := filepath.Join(t.Cache, python.version+"-"+hex.EncodeToString(sum[:8]))
	unlock, err := lock(ctx, dir+".lock", func() { fmt.Fprintf(out, "waiting for another run to make %s\n", dir) })
	if err != nil {
		return "", fmt.Errorf("make the Python environment: %w", err)
	}
	defer unlock()
	// Its scripts contain their interpreter's full path, so it cannot be made elsewhere and renamed. This file
	// is written last and marks the environment as complete.
	whole := filepath.Join(dir, "whole")
	if _, err := os.Stat(whole); err == nil {
		now := time.Now()
		return programs(dir), os.Chtimes(whole, now, now)
	}
	fmt.Fprintf(out, "installing %s for Python %s in %s (once, about a minute)\n", t.Requirements, python.version, dir)
	if err := t.install(ctx, python, dir); err != nil {
		return "", errors.Join(fmt.Errorf("make the Python environment: %w", err), os.RemoveAll(dir))
	}
	if err := os.WriteFile(whole, nil, 0o644); err != nil {
		return "", fmt.Errorf("make the Python environment: %w", err)
	}
	return programs(dir), removeUnused(t.Cache)
}

// install makes the environment and installs the requirements in it.
func (t PythonTools) install(ctx context.Context, python toolsPython, dir string) error {
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	install := []string{
		"install", "--no-input", "--disable-pip-version-check", "--require-hashes", "-r", t.Requirements,
	}
	inside := filepath.Join(programs(dir), "python")
	pip := append([]string{inside, "-m", "pip"}, install...)
	if why := quiet(ctx, python.path, "-m", "venv", dir); why != nil {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		// Debian's python3 has no ensurepip without the package python3-venv. Its own pip may do.
		if quiet(ctx, python.path, "-m", "pip", "--version") != nil {
			return fmt.Errorf("%w: %w", errNoVenv, why)
		}
		if err := quiet(ctx, python.path, "-m", "venv", "--clear", "--without-pip", dir); err != nil {
			return fmt.Errorf("%w: %w", errNoVenv, err)
		}
		pip = append([]string{python.path, "-m", "pip", "--python", inside}, install...)
	}
	return quiet(ctx, pip...)
}

// errNoVenv is the error of Debian's python3 without python3-venv.
var errNoVenv = errors.New("this Python cannot make a virtual environment")

// toolsPython is the interpreter that makes the environment.
type toolsPython struct{ path, version, build string }

// findToolsPython finds Python 3.10 or newer. The first name is that of the default runtime: local runs prefer
// it, and must find AWS's runtime client in it.
func findToolsPython(ctx context.Context) (toolsPython, error) {
	// An environment's interpreter is one that exists without it, so that another environment is not made in that of
	// an earlier run whose programs are first on PATH.
	const describe = `import sys
import os
path = os.path.realpath(getattr(sys, "_base_executable", sys.executable))
print(path, "%d.%d" % sys.version_info[:2], sys.version.replace("\n", " "), sep="\n")
sys.exit(sys.version_info < (3, 10))`
	var found []string
	for _, name := range []string{"python3.13", "python3", "python3.14", "python3.12", "python3.11", "python3.10"} {
		path, err := exec.LookPath(name)
		if err != nil {
			continue
		}
		brief, cancel := context.WithTimeout(ctx, 30*time.Second)
		out, err := exec.CommandContext(brief, path, "-c", describe).Output()
		cancel()
		if ctx.Err() != nil {
			return toolsPython{}, context.Cause(ctx)
		}
		lines := strings.Split(strings.ReplaceAll(string(out), "\r\n", "\n"), "\n")
		if err == nil && len(lines) >= 3 {
			return toolsPython{lines[0], lines[1], lines[2]}, nil
		}
		if len(lines) >= 3 { // fewer lines: a version manager's script has failed
			found = append(found, "Python "+lines[1])
		}
	}
	if len(found) > 0 {
		return toolsPython{}, fmt.Errorf("%w: 3.10 or newer is required, and PATH has %s",
			errNoPython, strings.Join(found, ", "))
	}
	return toolsPython{}, fmt.Errorf("%w: 3.10 or newer is required", errNoPython)
}

var errNoPython = errors.New("no suitable python3 on PATH")

// programs returns the folder of a virtual environment's programs.
func programs(dir string) string {
	if runtime.GOOS == "windows" {
		return filepath.Join(dir, "Scripts")
	}
	return filepath.Join(dir, "bin")
}

// quiet runs a command and hides its output. If the command fails, the error contains the end of it.
func quiet(ctx context.Context, args ...string) error {
	var said bytes.Buffer
	err := Command{Args: args}.Run(ctx, &said, &said)
	if err == nil {
		return nil
	}
	lines := strings.Split(strings.TrimSpace(said.String()), "\n")
	return fmt.Errorf("%w\n%s", err, strings.Join(lines[max(0, len(lines)-12):], "\n"))
}

// removeUnused removes environments that have not been used for a long time.
func removeUnused(cache string) error {
	used, err := filepath.Glob(filepath.Join(cache, "*", "whole"))
	if err != nil {
		return err
	}
	for _, whole := range used {
		info, err := os.Stat(whole)
		if err == nil && time.Since(info.ModTime()) > keepUnused {
			// The file is removed first: without it, the rest of the folder counts as incomplete.
			err = errors.Join(os.Remove(whole), os.RemoveAll(filepath.Dir(whole)))
		}
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("remove an old Python environment: %w", err)
		}
	}
	return nil
}
