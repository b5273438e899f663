package fingerprint

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/internal/files"
)

// folders returns the folders that compiler flags name for #include "…" only, and for every #include. The compiler
// runs in dir.
func folders(dir string, flags []string) (quoted, every []string) {
	return named(dir, flags, "-iquote"), slices.Concat(
		named(dir, flags, "-I"), named(dir, flags, "-isystem"), named(dir, flags, "-idirafter"))
}

// named returns the paths that follow the flags, in the same or the next argument.
func named(dir string, args []string, flags ...string) []string {
	var paths []string
	for i, arg := range args {
		for _, flag := range flags {
			path, ok := strings.CutPrefix(arg, flag)
			if ok && path == "" && i+1 < len(args) {
				path = args[i+1]
			}
			if path = strings.TrimPrefix(path, "="); ok && path != "" {
				paths = append(paths, files.Absolute(dir, path))
				break
			}
		}
	}
	return paths
}

// libraries returns the files that linker flags name: with their paths, or with -l in the folders of -L and in the
// linker's own. A file may not exist.
func libraries(dir string, flags, own []string) []string {
	searched := append(named(dir, flags, "-L"), own...)
	var found []string
	for i, flag := range flags {
		name, isName := strings.CutPrefix(flag, "-l")
		if isName && name == "" && i+1 < len(flags) {
			name = flags[i+1]
		}
		if isName && name != "" {
			found = append(found, library(name, searched)...)
			continue
		}
		// -Wl,--whole-archive,x.a,--version-script=x.map
		for _, part := range strings.Split(strings.TrimPrefix(flag, "-Wl,"), ",") {
			if _, value, assigned := strings.Cut(part, "="); assigned {
				part = value
			}
			part = strings.TrimPrefix(part, "@") // a file with more flags
			if part != "" && !strings.HasPrefix(part, "-") {
				found = append(found, files.Absolute(dir, part))
			}
		}
	}
	return found
}

// library returns the files that -lname may mean in the first folder that has one. Which of them the linker uses
// depends on -static and -Bstatic.
func library(name string, searched []string) []string {
	names := []string{"lib" + name + ".so", "lib" + name + ".a", "lib" + name + ".dylib", "lib" + name + ".tbd"}
	if exact, ok := strings.CutPrefix(name, ":"); ok {
		names = []string{exact}
	}
	for _, folder := range searched {
		var found []string
		for _, name := range names {
			if path := filepath.Join(folder, name); isFile(path) {
				found = append(found, path)
			}
		}
		if len(found) > 0 {
			return found
		}
	}
	return nil
}

// existing returns the folders that exist, in their order.
func existing(folders []string) []string {
	var found []string
	for _, folder := range folders {
		if info, err := os.Stat(folder); err == nil && info.IsDir() {
			found = append(found, filepath.Clean(folder))
		}
	}
	return found
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}
