package gobuild

import (
	"os"
	"path/filepath"
	"strings"
)

// FirstBuild reports whether no build by a compiler for a target, for example linux/arm64, has succeeded yet, so that
// this one compiles the standard library as well. It is noted in a file of the folder, by the function done.
func FirstBuild(folder, compiler, target string) (first bool, done func()) {
	name := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:@`, r) {
			return '_'
		}
		return r
	}, "built-"+compiler+"-"+target)
	mark := filepath.Join(folder, name)
	_, err := os.Stat(mark)
	return os.IsNotExist(err), func() { _ = os.WriteFile(mark, nil, 0o644) } // only for the clock
}
