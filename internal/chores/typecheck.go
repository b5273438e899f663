package chores

import (
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// TypeCheck checks the types of packages and of their tests for other systems. It compiles nothing, unlike go vet,
// which compiles all dependencies, among them the standard library and the AWS SDK, for each system.
type TypeCheck struct {
	Packages string   // as the go command accepts them: ./...
	Systems  []string // values of GOOS
	Dir      string   // empty means the working directory
	Cache    string   // where it records what has passed; empty means sparta/types in the user's cache folder
}

// Check writes the errors to out, and fails if there are any.
func (c TypeCheck) Check(ctx context.Context, out io.Writer) error {
	root, err := filepath.Abs(c.Dir)
	if err != nil {
		return err
	}
	sources := sources{fset: token.NewFileSet(), files: map[string]*ast.File{}}
	var failures []error
	for _, system := range c.Systems {
		errs, err := c.errorsFor(ctx, system, sources, out)
		if err != nil {
			failures = append(failures, fmt.Errorf("check types for GOOS=%s: %w", system, err))
			continue
		}
		// An error in a package is found again where the package is compiled for a test.
		printed := map[string]bool{}
		if len(errs) > 0 {
			fmt.Fprintf(out, "# GOOS=%s\n", system)
		}
		for _, err := range errs {
			line := strings.TrimPrefix(err.Error(), root+string(filepath.Separator))
			if !printed[line] {
				printed[line] = true
				fmt.Fprintln(out, line)
			}
		}
		if len(printed) > 0 {
			failures = append(failures, fmt.Errorf("GOOS=%s: number of errors: %d; move what this system lacks to "+
				"files with a build tag", system, len(printed)))
		}
	}
	return errors.Join(failures...)
}

// errorsFor returns the errors in the packages and the tests of one system.
func (c TypeCheck) errorsFor(ctx context.Context, system string, sources sources, out io.Writer) ([]error, error) {
	packages, err := c.list(ctx, system, out)
	if err != nil {
		return nil, err
	}
	record, err := newPassRecord(c.Cache, system, packages)
	if err != nil || record.matches() {
		return nil, err
	}
	var errs []error
	checked := map[string]*types.Package{"unsafe": types.Unsafe}
	for _, p := range packages { // a package comes after those that it imports
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		pkg, found := p.checkTypes(sources, checked)
		checked[p.ImportPath] = pkg
		errs = append(errs, found...)
	}
	if len(errs) == 0 {
		return nil, record.write()
	}
	return errs, nil
}

// list lists the packages, their tests and all dependencies, with the files that one system compiles.
func (c TypeCheck) list(ctx context.Context, system string, out io.Writer) ([]listedPackage, error) {
	const fields = "ImportPath,Dir,GoFiles,ImportMap,ForTest,Module"
	// The other systems' C compilers are not available: as in go vet, files with C code are left out.
	command := Go("list", "-test", "-deps", "-json="+fields, c.Packages).In(c.Dir).
		With("GOOS="+system, "GOARCH="+runtime.GOARCH, "CGO_ENABLED=0")
	packages, err := listPackages(ctx, command, out)
	return slices.DeleteFunc(packages, func(p listedPackage) bool {
		return p.ImportPath == "unsafe" || strings.HasSuffix(p.ImportPath, ".test") // a generated main package
	}), err
}

// checkTypes returns the types of a package, and its errors. It checks bodies of functions only in packages of the
// main module, because types of other packages do not depend on them.
func (p listedPackage) checkTypes(sources sources, checked map[string]*types.Package) (*types.Package, []error) {
	var errs []error
	var files []*ast.File
	own := p.Module != nil && p.Module.Main
	for _, name := range p.GoFiles {
		file, err := sources.parse(filepath.Join(p.Dir, name), own)
		if err != nil {
			errs = append(errs, err)
		}
		if file != nil {
			files = append(files, file)
		}
	}
	path, _, _ := strings.Cut(p.ImportPath, " ") // a test for which it is compiled comes after a space
	forOtherTest := p.ForTest != "" && path != p.ForTest && path != p.ForTest+"_test"
	config := types.Config{
		IgnoreFuncBodies: !own || forOtherTest,
		Sizes:            types.SizesFor("gc", runtime.GOARCH),
		Importer:         checkedPackages{p.ImportMap, checked},
		Error:            func(err error) { errs = append(errs, err) },
	}
	if p.Module != nil && p.Module.GoVersion != "" {
		config.GoVersion = "go" + p.Module.GoVersion
	}
	pkg, _ := config.Check(path, sources.fset, files, nil) // Error has received all errors
	return pkg, errs
}

// checkedPackages are the packages whose types have been checked.
type checkedPackages struct {
	paths   map[string]string // from import paths in the source to those of packages, where they differ
	checked map[string]*types.Package
}

// Import returns the package that a file imports as path.
func (c checkedPackages) Import(path string) (*types.Package, error) {
	if mapped, ok := c.paths[path]; ok {
		path = mapped
	}
	if pkg := c.checked[path]; pkg != nil {
		return pkg, nil
	}
	return nil, fmt.Errorf("package %s is not among the dependencies that go list reports", path)
}

// sources are parsed files. Most of them belong to the packages of all systems.
type sources struct {
	fset  *token.FileSet
	files map[string]*ast.File
}

// parse returns a file. Without bodies, those of its functions are empty, which saves memory.
func (s sources) parse(path string, bodies bool) (*ast.File, error) {
	if file := s.files[path]; file != nil {
		return file, nil
	}
	file, err := parser.ParseFile(s.fset, path, nil, parser.SkipObjectResolution)
	if err != nil {
		return file, err
	}
	if !bodies {
		for _, declaration := range file.Decls {
			if function, ok := declaration.(*ast.FuncDecl); ok && function.Body != nil {
				function.Body = &ast.BlockStmt{}
			}
		}
	}
	s.files[path] = file
	return file, nil
}
