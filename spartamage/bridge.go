package spartamage

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	sources "github.com/go-sparta/sparta/cgo/bridge"
	"github.com/go-sparta/sparta/internal/moduleversion"
)

// bridgePlace is where the library gets package bridge from. A Sparta application's module requires
// it. Any other's knows nothing of us, so the sources are written into the workspace, as packages of
// the application's own module: that leaves its go.mod, go.work, vendor folder and GOFLAGS as they
// are, and with them the language version, GODEBUG defaults and dependencies of the library.
type bridgePlace struct {
	importPath string
	tags       []string  // leave out what needs a newer aws-lambda-go
	rpcOnly    bool      // the application's aws-lambda-go is older than Lambda's Runtime API
	workspace  workspace // the sources are written to its bridge folder; empty if the module has them
}

// bridge finds the place for a build that works in w.
func (a *application) bridge(w workspace) (bridgePlace, error) {
	place := bridgePlace{importPath: bridgePath}
	var err error
	if place.tags, place.rpcOnly, err = lambdaTags(a.find(lambdaPath), a.find(path.Join(lambdaPath, "handlertrace")) != nil); err != nil {
		return place, err
	}
	if p := a.find(bridgePath); p != nil {
		return place, sameBridge(p)
	}
	if a.main.Module == nil { // GO111MODULE=off: none of its files are taken for the application's
		return place, nil
	}
	place.workspace = w
	root, module := a.mainModule(string(w))
	if module == "" {
		// The working directory is in no module that the application is built from.
		root, module = a.main.Module.Dir, a.main.Module.Path
		place.workspace = workspace(filepath.Join(root, workspaceName))
	}
	relative, err := filepath.Rel(root, place.workspace.bridge())
	if err != nil {
		return place, fmt.Errorf("find a place for the bridge: %w", err)
	}
	place.importPath = path.Join(module, filepath.ToSlash(relative))
	return place, nil
}

// mainModule finds the module, among those that the application's go.mod or go.work names as its
// own, that a folder belongs to.
func (a *application) mainModule(dir string) (root, path string) {
	for _, p := range a.packages {
		if p.Module != nil && p.Module.Main && under(dir, p.Module.Dir) && len(p.Module.Dir) > len(root) {
			root, path = p.Module.Dir, p.Module.Path
		}
	}
	for ; path != "" && dir != root; dir = filepath.Dir(dir) {
		if isFile(filepath.Join(dir, "go.mod")) {
			return "", "" // the folder is in a module inside this one
		}
	}
	return root, path
}

// elsewhere reports whether the bridge is written to another workspace than the build's.
func (b bridgePlace) elsewhere(w workspace) bool {
	return b.workspace != "" && b.workspace != w
}

// write puts the sources where their import path says.
func (b bridgePlace) write() error {
	if b.workspace == "" {
		return nil
	}
	if err := os.RemoveAll(b.workspace.bridge()); err != nil {
		return fmt.Errorf("clear the bridge's sources: %w", err)
	}
	return eachSource(func(name string, content []byte) error {
		target := filepath.Join(b.workspace.bridge(), filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			return fmt.Errorf("write the bridge's sources: %w", roomFor(err))
		}
		content = bytes.ReplaceAll(content, []byte(`"`+bridgePath), []byte(`"`+b.importPath))
		if err := os.WriteFile(target, content, 0o644); err != nil {
			return fmt.Errorf("write the bridge's sources: %w", roomFor(err))
		}
		return nil
	})
}

// eachSource calls do with each file of the bridge that a library is compiled from.
func eachSource(do func(name string, content []byte) error) error {
	return fs.WalkDir(sources.Sources, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasSuffix(name, "_test.go") || name == "embed.go" {
			return err
		}
		content, err := fs.ReadFile(sources.Sources, name)
		if err != nil {
			return err
		}
		return do(name, content)
	})
}

// sameBridge returns an error if the bridge that the application's module requires is not the one
// that these targets, with their Python side, come with.
func sameBridge(p *goPackage) error {
	return eachSource(func(name string, content []byte) error {
		required, err := os.ReadFile(filepath.Join(p.Dir, filepath.FromSlash(name)))
		if err == nil && bytes.Equal(required, content) || strings.HasPrefix(name, "runtimeapi/") && os.IsNotExist(err) {
			return nil // go mod vendor leaves out what nothing imports
		}
		return fmt.Errorf("the application requires %s %s, and these targets are those of %s: %s differs, so Python and Go would not understand each other; "+
			"require the same version in both go.mod files (go get %s@VERSION)", modulePath, p.version(), moduleversion.Current(), path.Join("cgo/bridge", name), modulePath)
	})
}

// version is the module's that the package is of, for a person.
func (p *goPackage) version() string {
	switch {
	case p.Module == nil:
		return "(unknown)"
	case p.Module.Replace != nil && p.Module.Replace.Version == "":
		return "in " + p.Module.Replace.Path
	case p.Module.Replace != nil:
		return p.Module.Replace.Version
	case p.Module.Version == "":
		return "in " + p.Module.Dir
	}
	return p.Module.Version
}
