// Package gosource asks the go command what an application consists of: its packages, its modules and the
// environment that they are built in.
package gosource

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/internal/files"
	"github.com/go-sparta/sparta/internal/goflags"
	"github.com/go-sparta/sparta/internal/process"
)

// Application is a main package with everything that it is built from.
type Application struct {
	Main     *Package
	Packages []*Package // of go list -deps, without the standard library
	ModCache string
	Overlay  Overlay // of GOFLAGS
}

// Find returns the application's package with an import path, or nil.
func (a *Application) Find(importPath string) *Package {
	i := slices.IndexFunc(a.Packages, func(p *Package) bool { return p.ImportPath == importPath })
	if i < 0 {
		return nil
	}
	return a.Packages[i]
}

// Local reports whether a package's files are the user's own, as opposed to those
// of a downloaded or vendored dependency.
func (a *Application) Local(p *Package) bool {
	// The module of a vendored package has no folder.
	return p.Module != nil && p.Module.Dir != "" && !files.Under(p.Dir, a.ModCache)
}

// ListOptions says which application to list, and for which system.
type ListOptions struct {
	Dir, Package string
	GOOS, GOARCH string
	Tags         []string // build tags, each entry one or several
}

// List lists the main package and its dependencies for a system. Missing modules are downloaded, because the
// container has no network. The variables are added to the environment of the go command.
func List(ctx context.Context, env Environment, opts ListOptions, variables ...string) (*Application, error) {
	app, err := list(ctx, env, opts, variables)
	if err != nil && ctx.Err() == nil {
		if advice := OtherModule(opts.Dir, opts.Package); advice != "" {
			return nil, errors.New(advice) // not before, because it can be listed if go.work has that module
		}
	}
	return app, err
}

func list(ctx context.Context, env Environment, opts ListOptions, variables []string) (*Application, error) {
	flags, err := goflags.Read(env.GOFLAGS)
	if err != nil {
		return nil, err
	}
	tags := strings.Join(goflags.MergeTags(append(flags.Tags, opts.Tags...)...), ",")
	overlay, err := readOverlay(flags.Overlay(opts.Dir), opts.Dir)
	if err != nil {
		return nil, err
	}
	const fields = "ImportPath,Name,Dir,Standard,DepOnly,Module,Imports,Error," +
		"GoFiles,CgoFiles,IgnoredGoFiles,CFiles,CXXFiles,MFiles,HFiles,FFiles,SFiles,SwigFiles,SwigCXXFiles," +
		"SysoFiles,EmbedFiles,EmbedPatterns,CgoCPPFLAGS,CgoCFLAGS,CgoCXXFLAGS,CgoLDFLAGS,CgoPkgConfig"
	// With a profile, go list names each package once for each main package: "path [main]".
	cmd := exec.CommandContext(ctx, "go", "list", "-e", "-deps", "-pgo=off", "-tags="+tags, "-json="+fields, "--",
		opts.Package)
	cmd.Dir = opts.Dir
	cmd.Env = append(cmd.Environ(), "GOOS="+opts.GOOS, "GOARCH="+opts.GOARCH, "CGO_ENABLED=1", "GOFLAGS="+flags.Rest)
	cmd.Env = append(cmd.Env, variables...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("list the packages of %s: %w", opts.Package, CommandError(ctx, err, stderr.String()))
	}
	app := &Application{ModCache: env.GOMODCACHE, Overlay: overlay}
	decoder := json.NewDecoder(bytes.NewReader(out))
	for {
		p := &Package{}
		if err := decoder.Decode(p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, fmt.Errorf("read the output of go list: %w", err)
		}
		if p.Standard {
			continue
		}
		app.Packages = append(app.Packages, p)
		if !p.DepOnly {
			if app.Main != nil {
				return nil, fmt.Errorf("%s names more than one package (%s and %s): name one main package, for "+
					"example ./cmd/x", opts.Package, app.Main.ImportPath, p.ImportPath)
			}
			app.Main = p
		}
	}
	if app.Main != nil && IsFile(opts.Package) {
		if err := app.adoptFile(ctx, cmd.Env, opts); err != nil {
			return nil, err
		}
	}
	return app, app.check(opts)
}

// IsFile reports whether a package is one of its files, as for `go build main.go`.
func IsFile(pattern string) bool { return strings.HasSuffix(pattern, ".go") }

// adoptFile sets the path and the module of a main package that is one file, which go list does not report.
func (a *Application) adoptFile(ctx context.Context, env []string, opts ListOptions) error {
	cmd := exec.CommandContext(ctx, "go", "list", "-e", "-find", "-json=Module", "--", ".")
	cmd.Dir, cmd.Env = a.Main.Dir, env
	out, err := cmd.Output()
	if err != nil {
		return fmt.Errorf("find the module of %s: %w", opts.Package, process.Explain(ctx, err))
	}
	var folder Package
	if err := json.Unmarshal(out, &folder); err != nil {
		return fmt.Errorf("find the module of %s: %w", opts.Package, err)
	}
	a.Main.Module = folder.Module
	a.Main.ImportPath = path.Clean(filepath.ToSlash(opts.Package))
	return nil
}

// check returns an error for problems that go list found, before they lead to others.
func (a *Application) check(opts ListOptions) error {
	if a.Main == nil {
		return fmt.Errorf("%s matches no package in %s: name the main package with SPARTA_PACKAGE",
			opts.Package, opts.Dir)
	}
	if a.Main.Error != nil && len(a.Main.GoFiles)+len(a.Main.CgoFiles) == 0 {
		if file := a.Main.ExcludedMain(); file != "" {
			return fmt.Errorf("no main package in %s: a build constraint excludes %s; set build tags with "+
				"SPARTA_BUILD_TAGS, or name the file with SPARTA_PACKAGE=./%s", opts.Dir, file, file)
		}
		if IsFile(opts.Package) {
			return fmt.Errorf("%s is not a file in %s: name a file of package main, or its folder, with SPARTA_PACKAGE",
				opts.Package, opts.Dir)
		}
		if strings.Contains(a.Main.Error.Err, "malformed import path") && isFolder(opts.Dir, opts.Package) {
			return fmt.Errorf("the go command compiles no package in a folder with such a name: %s: rename the folder",
				a.Main.Error.Err)
		}
		return fmt.Errorf("no main package in %s: %s; run it where main.go is, or name the package with "+
			"SPARTA_PACKAGE (for example ./cmd/x)", opts.Dir, a.Main.Error.Err)
	}
	if err := a.oldImport(); err != nil {
		return err
	}
	if err := a.packageError(); err != nil {
		return err
	}
	if a.Main.Name != "main" {
		return fmt.Errorf("%s is package %s, not a main package: run it where main.go is, or name the main package "+
			"with SPARTA_PACKAGE (for example ./cmd/x)", a.Main.ImportPath, a.Main.Name)
	}
	return nil
}

// packageError returns the first error of a package. If a file of a package cannot be read, the go command says about
// one of its imports that it cannot be found, and then what is wrong.
func (a *Application) packageError() error {
	var err error
	for _, p := range a.Packages {
		if p.Error == nil {
			continue
		}
		err = packageError(p.Error.Pos, p.Error.Err)
		if p.Error.Err != "cannot find package" {
			break
		}
	}
	return err
}

// MainModule returns the main module, of go.mod or go.work, that contains a folder, or two empty strings.
func (a *Application) MainModule(dir string) (root, path string) {
	for _, p := range a.Packages {
		if p.Module != nil && p.Module.Main && files.Under(dir, p.Module.Dir) && len(p.Module.Dir) > len(root) {
			root, path = p.Module.Dir, p.Module.Path
		}
	}
	for ; path != "" && dir != root; dir = filepath.Dir(dir) {
		if files.IsFile(filepath.Join(dir, "go.mod")) {
			return "", "" // the folder belongs to a module inside this one
		}
	}
	return root, path
}

// isFolder reports whether the path of a package is that of a folder.
func isFolder(dir, path string) bool {
	if !filepath.IsAbs(path) {
		path = filepath.Join(dir, path)
	}
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}
