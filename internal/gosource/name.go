package gosource

import (
	"path"
	"regexp"
)

var majorVersion = regexp.MustCompile(`^v[0-9]+$`)

// NameOf returns the name of an application: the last element of its main
// package's path that is not a major version.
func NameOf(importPath string) string {
	base := path.Base(importPath)
	if dir := path.Dir(importPath); majorVersion.MatchString(base) && dir != "." {
		base = path.Base(dir)
	}
	return regexp.MustCompile(`[^A-Za-z0-9_.-]`).ReplaceAllString(base, "_")
}
