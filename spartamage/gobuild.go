package spartamage

import (
	"strings"

	"github.com/go-sparta/sparta/internal/goflags"
)

// libraryTag is the build tag that package cgo and an application's own files tell the library
// build by.
const libraryTag = "lambdabinary"

// goBuild is one `go build` of the application as a C shared library.
type goBuild struct {
	Package string   // an import path, or a path like "./cmd/x"
	Output  string   // the library
	Overlay string   // overlay.json; empty builds the files as they are
	Tags    []string // further build tags, each entry one or several divided by commas or spaces
	LDFlags string   // the user's linker flags, quoted as for go build -ldflags
	Mod     string   // readonly, vendor or mod; empty leaves the choice to go
}

// args is the argument vector behind "go". Each flag occurs once: go build lets the last of two
// -tags or -ldflags win, and the first would be lost without a word.
func (b goBuild) args() []string {
	args := []string{
		"build", "-buildmode=c-shared", "-trimpath", "-buildvcs=false",
		"-tags=" + strings.Join(goflags.MergeTags(append(b.Tags[:len(b.Tags):len(b.Tags)], libraryTag)...), ","),
		"-ldflags=" + goflags.MergeLinker(b.LDFlags),
	}
	if b.Mod != "" {
		args = append(args, "-mod="+b.Mod)
	}
	if b.Overlay != "" {
		args = append(args, "-overlay="+b.Overlay)
	}
	return append(args, "-o", b.Output, b.Package)
}
