package supply

import (
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/internal/gosource"
)

// folders returns the folders of each module, by its path, that may have licenses: its root, those of its packages that
// the application consists of, and those between them.
func folders(app *gosource.Application) map[string][]string {
	found := map[string]map[string]bool{}
	for _, p := range app.Packages {
		if p.Module == nil {
			continue
		}
		inside := strings.TrimPrefix(strings.TrimPrefix(p.ImportPath, p.Module.Path), "/")
		if found[p.Module.Path] == nil {
			found[p.Module.Path] = map[string]bool{}
		}
		dir := p.Dir
		for ; inside != "" && inside != "."; inside = path.Dir(inside) {
			found[p.Module.Path][dir] = true
			dir = filepath.Dir(dir)
		}
		found[p.Module.Path][dir] = true
	}
	sorted := map[string][]string{}
	for module, dirs := range found {
		sorted[module] = slices.Sorted(maps.Keys(dirs))
	}
	return sorted
}

// imports returns, for each module, those that its packages import.
func imports(app *gosource.Application) map[string]map[string]bool {
	of := map[string]string{} // by import path
	for _, p := range app.Packages {
		if p.Module != nil {
			of[p.ImportPath] = p.Module.Path
		}
	}
	found := map[string]map[string]bool{}
	for _, p := range app.Packages {
		from := of[p.ImportPath]
		if found[from] == nil {
			found[from] = map[string]bool{}
		}
		for _, imported := range p.Imports {
			if to := of[imported]; to != "" && to != from {
				found[from][to] = true
			}
		}
	}
	return found
}

// ownModules returns the paths of the application's own modules: the main one, and those of a workspace.
func ownModules(app *gosource.Application) map[string]bool {
	own := map[string]bool{}
	for _, p := range app.Packages {
		if p.Module != nil && p.Module.Main {
			own[p.Module.Path] = true
		}
	}
	return own
}

// original returns the path by which the application's packages know a module.
func (m module) original() string {
	if m.Replaced != "" {
		return m.Replaced
	}
	return m.Path
}

// isLocal reports whether a folder of some machine replaces a module: its path is not that of a module.
func (m module) isLocal() bool {
	return m.Replaced != "" && m.Version == ""
}

// shown returns a name and version for people.
func (m module) shown() string {
	return strings.TrimSuffix(m.name()+" "+m.Version, " ")
}

// name returns the module's path, without that of a folder.
func (m module) name() string {
	if m.isLocal() {
		return m.Replaced
	}
	return m.Path
}
