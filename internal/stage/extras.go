package stage

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"unicode/utf8"

	"github.com/go-sparta/sparta/internal/archive"
	"github.com/go-sparta/sparta/internal/files"
	"github.com/go-sparta/sparta/internal/workspace"
)

// Extra is a file of the user that is added to the package.
type Extra struct {
	Source string // path, which may be a symbolic link
	Target string // name in the package, with slashes
	Size   int64  // bytes

	Executable bool   // by its owner
	Known      bool   // its content is that of installed packages, which are identified as a whole
	Outside    string // the file's real path, if a symbolic link leads out of the folder that includes are relative to
}

// CheckSize returns an error if a package with the extras and these files would be too large for Lambda.
func CheckSize(zip string, extras []Extra, more ...archive.File) error {
	for _, e := range extras {
		more = append(more, archive.File{Name: e.Target, Size: e.Size})
	}
	return archive.CheckLimit(zip, more)
}

type extrasPlan struct {
	ctx   context.Context
	name  string // the library's, without .so
	root  string
	found map[string]Extra // by target

	folder string // of modules that are being added, whose hidden files are left out; empty means none
	known  bool   // whether installed packages are being added
}

func (p *extrasPlan) include(root, text string) error {
	wanted, err := parseInclude(root, text)
	if err != nil {
		return err
	}
	added := false
	for _, source := range wanted.sources {
		target, err := wanted.target(root, source)
		if err != nil {
			return err
		}
		found, err := p.add(source, target, nil)
		if err != nil {
			return err
		}
		added = added || found
	}
	if !added {
		return errors.New("it has no files for the package, which never contains .git, .sparta, __pycache__ or " +
			"*.sparta-cgo: remove it, or name other files")
	}
	return nil
}

// add plans a file, or all files of a folder. It reports whether there was one.
func (p *extrasPlan) add(source, target string, within []string) (added bool, err error) {
	if err := p.ctx.Err(); err != nil {
		return false, err
	}
	if LeftOut(filepath.Base(source)) || p.hides(source) {
		return false, nil
	}
	info, err := os.Stat(source)
	if errors.Is(err, fs.ErrNotExist) {
		return false, fmt.Errorf("%s is a symbolic link to nothing: remove or fix it", source)
	}
	if errors.Is(err, syscall.ELOOP) {
		return false, fmt.Errorf("%s is a symbolic link to itself: remove it", source)
	}
	if err != nil {
		return false, err
	}
	if info.IsDir() {
		return p.addFolder(source, target, within)
	}
	if !info.Mode().IsRegular() {
		return false, fmt.Errorf("%s is not a regular file (%s): leave it out", source, info.Mode().Type())
	}
	if replaces(target, p.name) {
		return false, fmt.Errorf("%s would be %s in the package, which is a file of Sparta's own: %s", source, target,
			p.next("choose another place with "+filepath.ToSlash(source)+"=<place>"))
	}
	if other, taken := p.found[target]; taken && other.Source != source {
		return false, fmt.Errorf("%s would be %s in the package, and so would %s: choose another place for one with "+
			"path=place", source, target, other.Source)
	}
	if !utf8.ValidString(target) || strings.Contains(target, `\`) {
		return false, fmt.Errorf("%q does not unzip to the same name on every system: %s", target,
			p.next("rename the file, or give its place in the package with path=place"))
	}
	p.found[target] = Extra{
		Source: source, Target: target, Size: info.Size(),
		Executable: info.Mode()&0o100 != 0, Known: p.known, Outside: outside(p.root, source),
	}
	return true, nil
}

// next is what to do about a file: modules are where their folder has them.
func (p *extrasPlan) next(include string) string {
	if p.folder != "" {
		return "rename it, or move it out of the folder of your modules"
	}
	return include
}

// hides reports whether a file of a folder of modules is left out because of its name, or that of what it links to.
func (p *extrasPlan) hides(source string) bool {
	if p.folder == "" {
		return false
	}
	if strings.HasPrefix(filepath.Base(source), ".") {
		return true
	}
	actual, err := filepath.EvalSymlinks(source)
	return err == nil && actual != source && strings.HasPrefix(filepath.Base(actual), ".")
}

// outside returns the real path of a file that seems to be below root and is not, because of a symbolic link, or "".
func outside(root, path string) string {
	actual, err := filepath.EvalSymlinks(path)
	if err != nil || !files.Under(path, root) {
		return ""
	}
	if actualRoot, err := filepath.EvalSymlinks(root); err != nil || files.Under(actual, actualRoot) {
		return ""
	}
	return actual
}

func (p *extrasPlan) addFolder(source, target string, within []string) (added bool, err error) {
	if p.folder != "" && files.Exists(filepath.Join(source, "pyvenv.cfg")) {
		return false, nil
	}
	// Links are followed, so a folder may lead back to itself.
	actual, err := filepath.EvalSymlinks(source)
	if err != nil {
		return false, err
	}
	if slices.Contains(within, actual) {
		return false, fmt.Errorf("%s is a symbolic link to a folder that contains it: remove it", source)
	}
	entries, err := os.ReadDir(source)
	if err != nil {
		return false, err
	}
	within = append(slices.Clip(within), actual)
	for _, entry := range entries {
		found, err := p.add(filepath.Join(source, entry.Name()), path.Join(target, entry.Name()), within)
		if err != nil {
			return added, err
		}
		added = added || found
	}
	return added, nil
}

// checkFolders returns an error for a file whose name is that of a folder with other files, Sparta's or the user's.
func (p *extrasPlan) checkFolders(extras []Extra) error {
	folders := map[string]string{"bin": "bin/" + p.name + ".so"}
	for _, e := range extras {
		for dir := path.Dir(e.Target); dir != "."; dir = path.Dir(dir) {
			folders[dir] = e.Target
		}
	}
	for _, e := range extras {
		if inside, taken := folders[e.Target]; taken {
			return fmt.Errorf("%s would be %s in the package, which is the folder of %s: choose another place with "+
				"path=place, or rename it", e.Source, e.Target, inside)
		}
	}
	return nil
}

// LeftOut reports whether files and folders of this name are never packed: Git's data, the workspace, rejected sources,
// and caches, whose content differs between runs.
func LeftOut(base string) bool {
	switch base {
	case ".git", workspace.Name, "__pycache__":
		return true
	}
	return strings.HasSuffix(base, ".sparta-cgo")
}

// CheckName returns an error if no file may have this name in the package of a library.
func CheckName(target, library string) error {
	switch {
	case !fs.ValidPath(target) || target == ".":
		return fmt.Errorf("%q is not a relative path with slashes, such as data/prices.json", target)
	case replaces(target, library):
		return fmt.Errorf("%s is a file of Sparta's own: choose another name", target)
	case !utf8.ValidString(target) || strings.ContainsAny(target, "\\\x00"):
		return fmt.Errorf("%q does not unzip to the same name on every system: choose another name", target)
	}
	return nil
}

// replaces reports whether a file of this name would be used instead of one of Sparta's: Python prefers extension
// modules and packages to index.py, and some file systems ignore case.
func replaces(target, name string) bool {
	target = strings.ToLower(target)
	first, rest, nested := strings.Cut(target, "/")
	switch {
	case target == strings.ToLower("bin/"+name+".so"), first == "_sparta", first == "index.py":
		return true
	case first == "index":
		return strings.HasPrefix(rest, "__init__.")
	}
	return !nested && strings.HasPrefix(first, "index.") && strings.HasSuffix(first, ".so")
}
