package stage

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/internal/files"
)

// ownModules are the names of Sparta's own Python modules in every package.
var ownModules = []string{"index", "_sparta"}

// modules plans the Python modules of a folder, which are at the root of the package.
func (p *extrasPlan) modules(folder string) error {
	if folder == "" {
		return nil
	}
	dir := files.Absolute(p.root, folder)
	entries, err := os.ReadDir(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("there is no folder %s: create it, or correct SPARTA_PYTHON_DIR", dir)
	case err != nil && files.IsFile(dir):
		return fmt.Errorf("%s is a file: name the folder of your Python modules (SPARTA_PYTHON_DIR)", folder)
	case err != nil:
		return fmt.Errorf("read the Python modules of SPARTA_PYTHON_DIR: %w: name a folder that you can read", err)
	}
	actual, err := filepath.EvalSymlinks(dir)
	if err != nil {
		return err
	}
	if files.Under(p.root, actual) {
		return fmt.Errorf("the Python modules of SPARTA_PYTHON_DIR are in %s, and so are the Go files: "+
			"move them to a folder of their own, for example python", folder)
	}
	below, err := filepath.Rel(p.root, actual)
	if err == nil && slices.ContainsFunc(strings.Split(filepath.ToSlash(below), "/"), LeftOut) {
		return fmt.Errorf("%s is below a folder that is never packed (.git, .sparta, __pycache__): name another one "+
			"(SPARTA_PYTHON_DIR)", folder)
	}
	for _, entry := range entries {
		if own := ownModule(entry.Name(), entry.IsDir()); own != "" {
			return fmt.Errorf("%s in %s would replace Sparta's own module %s, through which Python calls Go: "+
				"rename it, for example to app.py, and set the function's Handler to app.<function>",
				entry.Name(), folder, own)
		}
	}
	p.folder = dir
	defer func() { p.folder = "" }()
	added := false
	for _, entry := range entries {
		source := filepath.Join(dir, entry.Name())
		found, err := p.add(source, entry.Name(), []string{actual})
		if err != nil {
			return fmt.Errorf("add %s to the package: %w", folder, err)
		}
		added = added || found
	}
	if !added {
		return fmt.Errorf("the folder %s has no files for the package, which never contains hidden files, "+
			"virtual environments or __pycache__: add a Python module, or unset SPARTA_PYTHON_DIR", folder)
	}
	return nil
}

// ownModule returns the name of Sparta's module that a file or folder would replace, or "".
func ownModule(base string, folder bool) string {
	stem, extension := strings.ToLower(base), ""
	if dot := strings.IndexByte(stem, '.'); dot > 0 && !folder {
		stem, extension = stem[:dot], filepath.Ext(stem)
	}
	for _, own := range ownModules {
		switch {
		case stem != own:
		case folder, extension == ".py", extension == ".pyc", extension == ".so", extension == "":
			return own
		}
	}
	return ""
}

// packages plans the content of a folder of installed Python packages, which is at the root of the package.
func (p *extrasPlan) packages(dir string) error {
	if dir == "" {
		return nil
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return fmt.Errorf("read the installed packages: %w", err)
	}
	p.known = true
	for _, entry := range entries {
		name := entry.Name()
		if own := ownModule(name, entry.IsDir()); own != "" {
			return fmt.Errorf("a package of SPARTA_REQUIREMENTS has a module %s, which would replace Sparta's own: "+
				"use another package, because no two modules of one function can have the same name", own)
		}
		if err := p.installed(filepath.Join(dir, name), name); err != nil {
			return err
		}
	}
	p.known = false
	return nil
}

func (p *extrasPlan) installed(source, target string) error {
	for planned, extra := range p.found {
		top, _, _ := strings.Cut(planned, "/")
		if !extra.Known && (top == target || top == target+".py" || target == top+".py") {
			return fmt.Errorf("%s and a package of SPARTA_REQUIREMENTS are both called %s in the package: "+
				"rename yours", extra.Source, top)
		}
	}
	_, err := p.add(source, target, nil)
	return err
}
