package gosource

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os/exec"
	"path/filepath"
	"slices"

	"github.com/go-sparta/sparta/internal/files"
	"github.com/go-sparta/sparta/internal/goflags"
	"github.com/go-sparta/sparta/internal/process"
)

// ModuleRoots lists the folders that a container must see to build the application: the main module, or all
// modules of the workspace, and the folders that their replace directives name (those of modFile, if it
// replaces go.mod). Folders below another one in the list are left out.
func ModuleRoots(ctx context.Context, env Environment, modFile string) ([]string, error) {
	roots := map[string]bool{}
	main := []string{filepath.Dir(env.GOMOD)}
	if env.GOWORK != "" && env.GOWORK != "off" {
		work := filepath.Dir(env.GOWORK)
		roots[work] = true
		var file moduleFile
		if err := editJSON(ctx, &file, "work", env.GOWORK); err != nil {
			return nil, err
		}
		file.addReplaced(work, roots)
		main, modFile = nil, "" // which the go command refuses in a workspace
		for _, use := range file.Use {
			main = append(main, files.Absolute(work, use.DiskPath))
		}
	}
	for _, dir := range main {
		roots[dir] = true
		path := filepath.Join(dir, "go.mod")
		if modFile != "" {
			path = modFile
		}
		var file moduleFile
		if err := editJSON(ctx, &file, "mod", path); err != nil {
			return nil, err
		}
		file.addReplaced(dir, roots)
	}
	return Outermost(slices.Sorted(maps.Keys(roots))), nil
}

// Folders lists the folders that hold what is compiled.
func Folders(ctx context.Context, env Environment, app *Application, dir string) ([]string, error) {
	flags, err := goflags.Read(env.GOFLAGS)
	if err != nil {
		return nil, err
	}
	roots, err := ModuleRoots(ctx, env, flags.ModFile(dir))
	return append(roots, app.Linked(roots)...), err
}

// moduleFile is the part of a go.mod or go.work file that names folders.
type moduleFile struct {
	Use     []struct{ DiskPath string }
	Replace []struct {
		New struct{ Path, Version string }
	}
}

func (f moduleFile) addReplaced(dir string, roots map[string]bool) {
	for _, replace := range f.Replace {
		if replace.New.Version == "" {
			roots[files.Absolute(dir, filepath.FromSlash(replace.New.Path))] = true
		}
	}
}

func editJSON(ctx context.Context, into *moduleFile, kind, path string) error {
	out, err := exec.CommandContext(ctx, "go", kind, "edit", "-json", path).Output()
	if err != nil {
		return fmt.Errorf("read %s: %w", path, process.Explain(ctx, err))
	}
	if err := json.Unmarshal(out, into); err != nil {
		return fmt.Errorf("read %s: %w", path, err)
	}
	return nil
}

// Outermost removes the folders that are below another folder of the sorted list.
func Outermost(folders []string) []string {
	var kept []string
	for _, folder := range folders {
		if !slices.ContainsFunc(kept, func(above string) bool { return files.Under(folder, above) }) {
			kept = append(kept, folder)
		}
	}
	return kept
}

// ModuleFiles lists the files that select the versions of dependencies.
func (a *Application) ModuleFiles(env Environment) []string {
	roots := map[string]bool{filepath.Dir(env.GOMOD): true}
	for _, p := range a.Packages {
		if p.Module != nil && p.Module.Dir != "" && a.Local(p) {
			roots[p.Module.Dir] = true
		}
	}
	if env.GOWORK != "" && env.GOWORK != "off" {
		roots[filepath.Dir(env.GOWORK)] = true
	}
	var paths []string
	for root := range roots {
		for _, name := range []string{"go.mod", "go.sum", "go.work", "go.work.sum", "vendor/modules.txt"} {
			if path := filepath.Join(root, name); files.IsFile(path) {
				paths = append(paths, path)
			}
		}
	}
	slices.Sort(paths)
	return paths
}

// Files lists the folders of the application's modules, the files that it is built from, without those of the module
// cache, which never change, and those of them that package embed adds.
func (a *Application) Files(env Environment) (roots, inputs, embedded []string) {
	found := map[string]bool{}
	for _, p := range a.Packages {
		if files.Under(p.Dir, a.ModCache) {
			continue
		}
		inputs = append(inputs, p.Inputs()...)
		for _, name := range p.EmbedFiles {
			embedded = append(embedded, files.Absolute(p.Dir, name))
		}
		if a.Local(p) {
			found[p.Module.Dir] = true
		}
	}
	return slices.Sorted(maps.Keys(found)), append(inputs, a.ModuleFiles(env)...), embedded
}
