package scaffold

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/go-sparta/sparta/internal/gosource"
	"github.com/go-sparta/sparta/internal/process"
)

// surroundings is what the go command says about a folder.
type surroundings struct {
	dir string

	GOMOD, GOWORK, GOROOT string
}

func look(ctx context.Context, dir string) (surroundings, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return surroundings{}, err
	}
	s := surroundings{dir: dir}
	output, err := goCommand(ctx, dir, "env", "-json", "GOMOD", "GOWORK", "GOROOT")
	if err != nil {
		return s, err
	}
	if err := json.Unmarshal(output, &s); err != nil {
		return s, fmt.Errorf("read the output of go env: %w", err)
	}
	if s.GOMOD == os.DevNull {
		s.GOMOD = ""
	}
	if s.GOWORK == "off" {
		s.GOWORK = ""
	}
	return s, nil
}

func goCommand(ctx context.Context, dir string, args ...string) ([]byte, error) {
	cmd := process.Command(ctx, "go", args...)
	cmd.Dir = dir
	var stderr strings.Builder
	cmd.Stderr = &stderr
	output, err := cmd.Output()
	if err != nil {
		err = gosource.CommandError(ctx, err, stderr.String())
		return nil, fmt.Errorf("go %s: %w", strings.Join(args, " "), err)
	}
	return output, nil
}

// goMod is the part of a go.mod that is of interest here, as `go mod edit -json` writes it.
type goMod struct {
	Module  struct{ Path string }
	Require []struct{ Path, Version string }
	Replace []struct {
		Old, New struct{ Path, Version string }
	}
}

// module returns the go.mod around the folder, which must have one.
func (s surroundings) module(ctx context.Context) (mod goMod, err error) {
	output, err := goCommand(ctx, s.dir, "mod", "edit", "-json", s.GOMOD)
	if err != nil {
		return mod, err
	}
	return mod, json.Unmarshal(output, &mod)
}

// modulePath returns the path of a module in a folder below this one: below that of the module around it, or one that
// is reserved for examples.
func (s surroundings) modulePath(ctx context.Context, name string) (string, error) {
	if s.GOMOD == "" {
		return "example.com/" + name, nil
	}
	mod, err := s.module(ctx)
	if err != nil {
		return "", err
	}
	root, err := filepath.EvalSymlinks(filepath.Dir(s.GOMOD))
	if err != nil {
		return "", err
	}
	dir, err := filepath.EvalSymlinks(s.dir)
	if err != nil {
		return "", err
	}
	below, err := filepath.Rel(root, dir)
	if err != nil {
		return "", err
	}
	return path.Join(mod.Module.Path, filepath.ToSlash(below), name), nil
}

// checkModule returns an error if a path cannot be that of a module, or if its packages would be taken for some of the
// standard library.
func (s surroundings) checkModule(module string) error {
	if err := CheckModule(module); err != nil {
		return err
	}
	first, _, _ := strings.Cut(module, "/")
	if strings.Contains(first, ".") {
		return nil
	}
	if _, err := os.Stat(filepath.Join(s.GOROOT, "src", first)); err != nil {
		return nil
	}
	return fmt.Errorf("the module path %q begins with the name of a package of the standard library: use a path such "+
		"as example.com/%s", module, module)
}

// commands returns what to type next, after a module has been made in a folder. In a workspace, the go command refuses
// modules that are not in go.work.
func (s surroundings) commands(folder string, next ...string) []string {
	if s.GOWORK == "" {
		return next
	}
	return append([]string{"go work use ./" + folder}, next...)
}
