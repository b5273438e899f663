package gobuild

import (
	"os"
	"path/filepath"
	"strings"
)

// FirstBuild reports whether this is the first build with a compiler for a target, for example linux/arm64, which
// compiles the standard library as well. The function done records in the folder that a build has succeeded.
func FirstBuild(folder, compiler, target string) (first bool, done func()) {
	name := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:@`, r) {
			return '_'
		}
		return r
	}, "built-"+compiler+"-"+target)
	mark := filepath.Join(folder, name)
	_, err := os.Stat(mark)
	return os.IsNotExist(err), func() { _ = os.WriteFile(mark, nil, 0o644) } // only for the clock's text
}
