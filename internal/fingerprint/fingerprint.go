// Package fingerprint identifies the inputs of a package, to find out whether a build would result in the same package.
//
// Everything that the go command, the C compiler, the linker and the packer read is an input. So is everything that may
// matter: if it does not, the price is a compilation whose result is the same package.
package fingerprint

import (
	"context"
	"fmt"
	"hash"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"golang.org/x/crypto/blake2b"

	sources "github.com/go-sparta/sparta/cgo/bridge"
	"github.com/go-sparta/sparta/internal/files"
	"github.com/go-sparta/sparta/internal/goflags"
	"github.com/go-sparta/sparta/internal/gosource"
	"github.com/go-sparta/sparta/internal/rewrite"
	"github.com/go-sparta/sparta/internal/stage"
	"github.com/go-sparta/sparta/spartamage/python"
)

// Inputs are what a package is built from.
type Inputs struct {
	Env         gosource.Environment
	GoSettings  gosource.Settings
	App         *gosource.Application
	Bridge      rewrite.Place
	Extras      []stage.Extra
	Packages    string // identifies the installed Python packages; empty means none
	Dir         string // the application's folder, where the go command runs
	LinkerFlags string // the user's
	Settings    any    // of the build; its %+v must be the same for the same settings

	// OnHost says that this machine's compilers build the library, not those of an image. Then this process's
	// environment counts, and so do the compilers and what they find on this machine.
	OnHost bool
}

// Fingerprint identifies the inputs of a package. Only hashes are kept, since some inputs may be secret.
type Fingerprint struct {
	Inputs string // of all inputs: builds with equal ones make equal packages

	// C identifies, by import path, the files outside of a package's folder that its C code is compiled from or linked
	// with.
	C map[string]string
}

// Of returns the fingerprint of a build.
func Of(ctx context.Context, in Inputs) (Fingerprint, error) {
	f, err := of(ctx, in)
	if err != nil {
		return f, fmt.Errorf("read the sources of the package: %w", err)
	}
	return f, nil
}

func of(ctx context.Context, in Inputs) (Fingerprint, error) {
	sum, err := blake2b.New256(nil)
	if err != nil {
		return Fingerprint{}, err
	}
	fmt.Fprintf(sum, "%+v\n%+v\n%+v\n", in.Env, in.GoSettings, in.Settings)
	fmt.Fprintln(sum, in.Packages)
	flags, err := goflags.Read(in.Env.GOFLAGS)
	if err != nil {
		return Fingerprint{}, err
	}
	if in.OnHost {
		if err := sumHost(sum, in.Env, flags); err != nil {
			return Fingerprint{}, err
		}
	}
	paths := in.goFiles(sum)
	paths = append(paths, in.selectedFiles(flags)...)
	for _, e := range in.Extras {
		fmt.Fprintln(sum, e.Target, e.Executable)
		if !e.Known { // otherwise Packages identifies it
			paths = append(paths, e.Source)
		}
	}
	if err := sumFiles(ctx, sum, in.App.Overlay, paths); err != nil {
		return Fingerprint{}, err
	}
	c, err := in.cSums(ctx, flags)
	if err != nil {
		return Fingerprint{}, err
	}
	fmt.Fprintf(sum, "%+v\n%+v\n", c, in.Bridge)
	if err := sumOwn(sum); err != nil {
		return Fingerprint{}, err
	}
	return Fingerprint{Inputs: fmt.Sprintf("%x", sum.Sum(nil)), C: c}, nil
}

// goFiles returns the files that the go command lists for the packages, except those of the module cache, which never
// change. It adds the packages' import paths and folders to the sum.
func (in Inputs) goFiles(sum hash.Hash) []string {
	var paths []string
	for _, p := range in.App.Packages {
		fmt.Fprintln(sum, p.ImportPath, p.Dir)
		if !files.Under(p.Dir, in.App.ModCache) {
			paths = append(paths, p.Inputs()...)
		}
	}
	return paths
}

// selectedFiles returns the files that choose versions of modules, and those that GOFLAGS names.
func (in Inputs) selectedFiles(flags goflags.Inherited) []string {
	paths := in.App.ModuleFiles(in.Env)
	optional := []string{flags.Profile(in.Dir, in.App.Main.Dir)}
	if modFile := flags.ModFile(in.Dir); modFile != "" {
		paths = append(paths, modFile)
		optional = append(optional, strings.TrimSuffix(modFile, ".mod")+".sum")
	}
	for _, path := range optional {
		if path != "" && files.IsFile(path) {
			paths = append(paths, path)
		}
	}
	return append(paths, slices.Sorted(maps.Keys(in.App.Overlay))...)
}

// sumOwn adds the sources of this module that are part of each package.
func sumOwn(sum hash.Hash) error {
	fmt.Fprintf(sum, "%s\n%s\n", sources.Sources, python.Compiled)
	return fs.WalkDir(python.Files, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := fs.ReadFile(python.Files, path)
		fmt.Fprintf(sum, "%s %d\n%s", path, len(content), content)
		return err
	})
}
