// Package mainpackage finds the import path of the running program's main package.
package mainpackage

import "runtime/debug"

// files is how the go command names a package that it was given as files: go run main.go.
const files = "command-line-arguments"

// Path is the running program's; empty if the program does not know it.
func Path() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	return Of(info)
}

// Of reads a program's build information.
func Of(info *debug.BuildInfo) string {
	if info.Path == files {
		return ""
	}
	return info.Path
}
