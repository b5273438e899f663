package rebuild

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/go-sparta/sparta/internal/explore/watch"
	"github.com/go-sparta/sparta/internal/files"
	"github.com/go-sparta/sparta/spartamage"
)

// setOf returns the files whose changes can change a build.
func setOf(built spartamage.LocalBuild) watch.Set {
	options := built.Options
	set := watch.Set{Roots: built.Roots, Files: built.Inputs}
	if len(set.Roots) == 0 {
		set.Roots = []string{moduleRoot(options.Dir)}
	}
	if options.Requirements != "" {
		set.Files = append(set.Files, files.Absolute(options.Dir, options.Requirements))
	}
	// A magefile may be in a module of its own.
	set.Folders = append(set.Folders, filepath.Join(options.Dir, "magefiles"))
	if options.PythonDir != "" {
		set.Folders = append(set.Folders, files.Absolute(options.Dir, options.PythonDir))
	}
	for _, include := range options.Include {
		addInclude(&set, options.Dir, include)
	}
	for _, path := range built.Embedded {
		if folder, top := folderOf(path, built.Roots); top {
			set.Beside = append(set.Beside, folder)
		} else {
			set.Folders = append(set.Folders, folder)
		}
	}
	return set
}

// addInclude adds what an entry of BuildOptions.Include names: a file, a folder or a glob, which may have its place in
// the package behind an equals sign.
func addInclude(set *watch.Set, dir, include string) {
	for _, text := range []string{include, cutPlace(include)} {
		path := files.Absolute(dir, filepath.FromSlash(text))
		info, err := os.Stat(path)
		switch meta := strings.IndexAny(text, `*?[\`); {
		case err == nil && info.IsDir():
			set.Folders = append(set.Folders, path)
			return
		case err == nil:
			set.Files = append(set.Files, path)
			return
		case meta >= 0:
			folder := files.Absolute(dir, filepath.FromSlash(text[:strings.LastIndex(text[:meta], "/")+1]))
			if strings.Contains(text[meta:], "/") {
				set.Folders = append(set.Folders, folder)
			} else {
				set.Beside = append(set.Beside, folder)
			}
		default:
			set.Files = append(set.Files, path) // it may be created
		}
	}
}

func cutPlace(include string) string {
	if cut := strings.LastIndexByte(include, '='); cut > 0 {
		return include[:cut]
	}
	return include
}

// folderOf returns the folder of an embedded file. It reports whether that is the folder of a package, which has many
// other files, and not one for files like this.
func folderOf(path string, roots []string) (folder string, ofPackage bool) {
	folder = filepath.Dir(path)
	sources, _ := filepath.Glob(filepath.Join(escaped(folder), "*.go"))
	for _, root := range roots {
		if folder == root {
			return folder, true
		}
	}
	return folder, len(sources) > 0
}

// escaped returns a folder's path as a pattern that matches only it.
func escaped(path string) string {
	if filepath.Separator == '\\' {
		return path // where patterns have no escapes
	}
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`).Replace(path)
}

// moduleRoot returns the folder of the module that contains a folder, or the folder itself.
func moduleRoot(dir string) string {
	for above := dir; ; {
		if files.IsFile(filepath.Join(above, "go.mod")) {
			return above
		}
		parent := filepath.Dir(above)
		if parent == above {
			return dir
		}
		above = parent
	}
}
