// Package gobuild compiles an application as a C shared library with `go build`: on this machine, or in a container
// that its caller runs.
package gobuild

import (
	"path"
	"path/filepath"
	"strings"

	"github.com/go-sparta/sparta/internal/goflags"
	"github.com/go-sparta/sparta/internal/gosource"
)

// LibraryTag is the build tag of the library, for package cgo and for an application's own files.
const LibraryTag = "lambdabinary"

// Build is one `go build` of the application as a C shared library.
type Build struct {
	Package string   // an import path, or a path like "./cmd/x" or "./main.go"
	Added   []string // names of more files of the package, if Package is one
	Output  string   // the library
	Overlay string   // overlay.json; empty builds the files as they are
	Tags    []string // further build tags, each entry one or several separated by commas or spaces
	LDFlags string   // the user's linker flags, quoted as for go build -ldflags
	Debug   bool     // for a debugger: with symbols, without optimizations, and with the paths of the sources
	Mod     string   // readonly, vendor or mod; empty means the go command's default
}

// Args returns the arguments of the go command. Each flag occurs once: of two -tags or -ldflags, go
// build silently ignores the first.
func (b Build) Args() []string {
	tags := goflags.MergeTags(append(b.Tags[:len(b.Tags):len(b.Tags)], LibraryTag)...)
	paths, linker := "-trimpath", goflags.MergeLinker(b.LDFlags)
	if b.Debug {
		paths, linker = "-gcflags=all=-N -l", goflags.KeepSymbols(b.LDFlags)
	}
	args := []string{
		"build", "-buildmode=c-shared", paths, "-buildvcs=false",
		"-tags=" + strings.Join(tags, ","), "-ldflags=" + linker,
	}
	if b.Mod != "" {
		args = append(args, "-mod="+b.Mod)
	}
	if b.Overlay != "" {
		args = append(args, "-overlay="+b.Overlay)
	}
	args = append(args, "-o", b.Output, b.Package)
	if gosource.IsFile(b.Package) {
		folder := strings.TrimSuffix(b.Package, path.Base(filepath.ToSlash(b.Package)))
		for _, name := range b.Added {
			args = append(args, folder+name)
		}
	}
	return args
}
