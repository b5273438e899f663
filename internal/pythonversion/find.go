// Package pythonversion finds other versions of Python on this machine, for tests and for what is made with several.
package pythonversion

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/go-sparta/sparta/internal/interpreter"
)

// Find returns an interpreter of a version such as "3.13", on PATH or of pyenv, and its full version. If there is none,
// its path is empty.
func Find(ctx context.Context, version string) (python interpreter.Python, full string) {
	var candidates []string
	if path, err := exec.LookPath("python" + version); err == nil {
		candidates = append(candidates, path)
	}
	root := os.Getenv("PYENV_ROOT")
	if root == "" {
		root = filepath.Join(os.Getenv("HOME"), ".pyenv")
	}
	installed, _ := filepath.Glob(filepath.Join(root, "versions", version+".*", "bin", "python3"))
	for _, path := range append(candidates, installed...) {
		// A version manager's script on PATH fails if its version is not enabled.
		python, err := interpreter.Inspect(ctx, path)
		if err != nil || python.Version != version {
			continue
		}
		const printVersion = "import platform; print(platform.python_version())"
		full, err := exec.CommandContext(ctx, python.Path, "-c", printVersion).Output()
		if err == nil {
			return python, string(bytes.TrimSpace(full))
		}
	}
	return interpreter.Python{}, ""
}
