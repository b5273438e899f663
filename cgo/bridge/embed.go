//go:build !lambdabinary

// Package bridge is the Go half of the boundary between AWS Lambda's Python runtime and a Go
// application. With the build tag lambdabinary it is that code; without the tag it embeds its own source
// text, which a build adds to an application whose module does not have it.
//
// The sources compile with the application's toolchain, its language version and its
// aws-lambda-go: each file names the language version it needs (go1.21), and what an old
// aws-lambda-go lacks is in files that a tag such as sparta_nooptions leaves out.
package bridge

import (
	_ "embed"
	"iter"
	"strings"
)

// Sources is a txtar archive of the files of this package and of those below it, except this file and tests. The go
// command reads every embedded file whenever mage starts a target: one file instead of 57 saves about 2 % of that time.
// After changes, go test ./cgo/bridge -update writes it.
//
//go:embed sources.txtar
var Sources string

// Files returns the names, with slashes, and the contents of the files in Sources.
func Files() iter.Seq2[string, string] {
	return func(yield func(name, content string) bool) {
		archive := strings.TrimSuffix(strings.TrimPrefix(Sources, "-- "), "\n")
		for _, file := range strings.Split(archive, "\n-- ") {
			name, content, _ := strings.Cut(file, " --\n")
			if !yield(name, content+"\n") {
				return
			}
		}
	}
}
