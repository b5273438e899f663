package programs

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/go-sparta/sparta/internal/files"
	"github.com/go-sparta/sparta/internal/gosource"
	"github.com/go-sparta/sparta/internal/moduleversion"
	"github.com/go-sparta/sparta/internal/process"
)

// ownFolder finds this module's folder, where its programs are built. The application's module need not require
// this module; only the module of the magefile does.
func ownFolder(ctx context.Context) (string, error) {
	if root := CompiledFrom(); files.IsFile(filepath.Join(root, "go.mod")) {
		return root, nil
	}
	// Compiled with -trimpath, or on another machine.
	version := moduleversion.Current()
	out, err := exec.CommandContext(ctx, "go", "mod", "download", "-json", gosource.ModulePath+"@"+version).Output()
	var module struct{ Dir, Error string }
	if jsonErr := json.Unmarshal(out, &module); jsonErr == nil && module.Error != "" {
		err = errors.New(module.Error)
	}
	err = process.Explain(ctx, err)
	if err != nil || module.Dir == "" {
		return "", fmt.Errorf("find the sources of %s %s: %w; "+
			"compile the magefile on this machine, without -trimpath in GOFLAGS", gosource.ModulePath, version, err)
	}
	return module.Dir, nil
}

// CompiledFrom returns the folder of this module that the running program was compiled from. It may be on
// another machine.
func CompiledFrom() string {
	_, file, _, _ := runtime.Caller(0)
	return filepath.Dir(filepath.Dir(filepath.Dir(filepath.FromSlash(file))))
}

// Module returns the version of this module that other modules can require, and the folder of the clone that the
// running program was compiled from, if it was not compiled from the module cache.
func Module() (version, clone string) {
	version = moduleversion.Current()
	root := CompiledFrom()
	if files.IsFile(filepath.Join(root, "go.mod")) && !strings.HasSuffix(root, "@"+version) {
		return version, root
	}
	return version, ""
}
