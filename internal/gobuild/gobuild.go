// Package gobuild runs `go build` of an application as a C shared library on this machine, and has its arguments for a
// container.
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
	Mod     string   // readonly, vendor or mod; empty means the go command's default
}

// Args returns the arguments of the go command. Each flag occurs once: of two -tags or -ldflags, go
// build silently ignores the first.
func (b Build) Args() []string {
	tags := goflags.MergeTags(append(b.Tags[:len(b.Tags):len(b.Tags)], LibraryTag)...)
	args := []string{
		"build", "-buildmode=c-shared", "-trimpath", "-buildvcs=false",
		"-tags=" + strings.Join(tags, ","), "-ldflags=" + goflags.MergeLinker(b.LDFlags),
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
