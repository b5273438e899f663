// Package mainpackage finds the import path of the running program's main package.
package mainpackage

import "runtime/debug"

// files is the go command's name for a package that is given as files: go run main.go.
const files = "command-line-arguments"

// Path returns the import path of the running program's main package, or "" if the program does not know it.
func Path() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	return Of(info)
}

// Of returns the import path in a program's build information.
func Of(info *debug.BuildInfo) string {
	if info.Path == files {
		return ""
	}
	return info.Path
}
