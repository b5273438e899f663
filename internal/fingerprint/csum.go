package fingerprint

import (
	"bytes"
	"context"
	"fmt"
	"os/exec"
	"slices"

	"golang.org/x/crypto/blake2b"

	"github.com/go-sparta/sparta/internal/files"
	"github.com/go-sparta/sparta/internal/goflags"
	"github.com/go-sparta/sparta/internal/gosource"
)

// cSums returns, by import path, a hash of the files outside of a package's folder that its C code is compiled from or
// linked with. Packages without such files have none. Those of the module cache never change.
func (in Inputs) cSums(ctx context.Context, flags goflags.Inherited) (map[string]string, error) {
	search, err := in.search(ctx, flags)
	if err != nil {
		return nil, err
	}
	sums := map[string]string{}
	add := func(importPath string, paths []string) error {
		paths = slices.DeleteFunc(paths, func(path string) bool { return files.Under(path, in.App.ModCache) })
		if len(paths) == 0 {
			return nil
		}
		sum, err := blake2b.New256(nil)
		if err != nil {
			return err
		}
		err = sumFiles(ctx, sum, in.App.Overlay, paths)
		sums[importPath] = fmt.Sprintf("%x", sum.Sum(nil))
		return err
	}
	for _, p := range in.App.Packages {
		if in.OnHost && len(p.CgoPkgConfig) > 0 {
			p = withPackageConfig(ctx, p)
		}
		if err := add(p.ImportPath, cFiles(p, in.App.Overlay, search)); err != nil {
			return nil, err
		}
	}
	return sums, add("", linkedFiles(in.Dir, search.LinkerFlags, search)) // what the whole library is linked with
}

// search returns where compilers look for files besides a package's own flags.
func (in Inputs) search(ctx context.Context, flags goflags.Inherited) (searchPath, error) {
	var search searchPath
	if in.OnHost && slices.ContainsFunc(in.App.Packages, usesC) {
		compiler, language := in.Env.CC, "c"
		if slices.ContainsFunc(in.App.Packages, func(p *gosource.Package) bool { return len(p.CXXFiles) > 0 }) {
			compiler, language = in.Env.CXX, "c++"
		}
		words, err := goflags.Split(compiler)
		if err != nil {
			return search, err
		}
		search = searchPathOf(ctx, words, language)
	}
	for _, name := range []string{"CGO_CPPFLAGS", "CGO_CFLAGS", "CGO_CXXFLAGS"} {
		fields, err := goflags.Split(in.GoSettings[name])
		if err != nil {
			return search, err
		}
		search.CompilerFlags = append(search.CompilerFlags, fields...)
	}
	fields, err := goflags.Split(in.GoSettings["CGO_LDFLAGS"])
	if err != nil {
		return search, err
	}
	search.LinkerFlags = fields
	for _, list := range []string{flags.LDFlags, in.LinkerFlags} {
		search.LinkerFlags = append(search.LinkerFlags, goflags.External(list)...)
	}
	return search, nil
}

func usesC(p *gosource.Package) bool { return len(p.CgoFiles) > 0 }

// withPackageConfig returns the package with the flags that pkg-config reports for it.
func withPackageConfig(ctx context.Context, p *gosource.Package) *gosource.Package {
	output, err := exec.CommandContext(ctx, "pkg-config",
		append([]string{"--cflags", "--libs", "--"}, p.CgoPkgConfig...)...).Output()
	if err != nil {
		return p // the build reports it
	}
	flags, err := goflags.Split(string(bytes.ReplaceAll(output, []byte("\n"), []byte(" "))))
	if err != nil {
		return p
	}
	with := *p
	with.CgoCFLAGS = append(slices.Clip(p.CgoCFLAGS), flags...)
	with.CgoLDFLAGS = append(slices.Clip(p.CgoLDFLAGS), flags...)
	return &with
}
