package rewrite

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"

	sources "github.com/go-sparta/sparta/cgo/bridge"
	"github.com/go-sparta/sparta/internal/files"
	"github.com/go-sparta/sparta/internal/gosource"
	"github.com/go-sparta/sparta/internal/moduleversion"
	"github.com/go-sparta/sparta/internal/workspace"
)

// Place is where the library imports package bridge from. A Sparta application's module requires it. For any other
// application, the sources are written to the workspace, as packages of the application's own module. Its
// go.mod, go.work, vendor folder and GOFLAGS stay unchanged, and so do the language version, the GODEBUG
// defaults and the dependencies of the library.
type Place struct {
	importPath string
	Tags       []string      // exclude what needs a newer aws-lambda-go
	Workspace  workspace.Dir // the sources are written to its bridge folder; empty if the module has them
}

// FindBridge returns the place for a build of the application in the workspace w.
func FindBridge(a *gosource.Application, w workspace.Dir) (Place, error) {
	place := Place{importPath: gosource.BridgePath}
	var err error
	if place.Tags, err = lambdaTags(a); err != nil {
		return place, err
	}
	if p := a.Find(gosource.BridgePath); p != nil {
		return place, sameBridge(a, p)
	}
	if a.Main.Module == nil { // GO111MODULE=off: no file counts as the application's own
		return place, nil
	}
	place.Workspace = w
	root, module := a.MainModule(string(w))
	if module == "" {
		// The working directory belongs to no module that the application is built from.
		root, module = a.Main.Module.Dir, a.Main.Module.Path
		place.Workspace = workspace.Dir(filepath.Join(root, workspace.Name))
	}
	relative, err := filepath.Rel(root, place.Workspace.Bridge())
	if err != nil {
		return place, fmt.Errorf("find a place for the bridge: %w", err)
	}
	place.importPath = path.Join(module, filepath.ToSlash(relative))
	return place, nil
}

// Elsewhere reports whether the bridge is written to a workspace other than the build's.
func (b Place) Elsewhere(w workspace.Dir) bool {
	return b.Workspace != "" && b.Workspace != w
}

// write writes the sources to the folder of their import path.
func (b Place) write() error {
	if b.Workspace == "" {
		return nil
	}
	if err := os.RemoveAll(b.Workspace.Bridge()); err != nil {
		return fmt.Errorf("clear the bridge's sources: %w", err)
	}
	for name, content := range sources.Files() {
		target := filepath.Join(b.Workspace.Bridge(), filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			return fmt.Errorf("write the bridge's sources: %w", files.WithDiskAdvice(err))
		}
		content = strings.ReplaceAll(content, `"`+gosource.BridgePath, `"`+b.importPath)
		if err := os.WriteFile(target, []byte(content), 0o644); err != nil {
			return fmt.Errorf("write the bridge's sources: %w", files.WithDiskAdvice(err))
		}
	}
	return nil
}

// sameBridge returns an error if the bridge that the application's module requires differs from the one of
// these targets and their Python files.
func sameBridge(a *gosource.Application, p *gosource.Package) error {
	for _, path := range p.Sources() {
		if _, err := os.Stat(path); err != nil { // otherwise it would seem to be another version's
			return fmt.Errorf("read package bridge: %w", a.Unreadable(path, err))
		}
	}
	for name, content := range sources.Files() {
		required, err := os.ReadFile(filepath.Join(p.Dir, filepath.FromSlash(name)))
		if err == nil && string(required) == content {
			continue
		}
		return fmt.Errorf("the application requires %s %s, but these targets belong to %s: %s differs; "+
			"require the same version in both go.mod files (go get %s@VERSION)",
			gosource.ModulePath, p.Version(), moduleversion.Current(), "cgo/bridge/"+name,
			gosource.ModulePath)
	}
	return nil
}
