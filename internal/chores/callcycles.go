package chores

import (
	"context"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// CallCycles finds files of a package that call each other in a cycle, so that none of them can be read first.
type CallCycles struct {
	Packages string // as the go command accepts them: ./...
	Tags     string // comma-separated build tags
	Dir      string // empty means the working directory
}

// Check writes each cycle to out, and fails if there are any.
func (c CallCycles) Check(ctx context.Context, out io.Writer) error {
	const fields = "ImportPath,Dir,Export,DepOnly,GoFiles,CgoFiles"
	command := Go("list", "-export", "-deps", "-tags="+c.Tags, "-json="+fields, c.Packages).In(c.Dir)
	packages, err := listPackages(ctx, command, out)
	if err != nil {
		return err
	}
	exports := map[string]string{}
	for _, p := range packages {
		exports[p.ImportPath] = p.Export
	}
	found := 0
	for _, p := range packages {
		if p.DepOnly {
			continue
		}
		calls, err := p.calls(exports)
		if err != nil {
			return err
		}
		for _, cycle := range cycles(calls) {
			found++
			fmt.Fprintf(out, "%s: %s\n", p.ImportPath, strings.Join(cycle, " "))
			for _, call := range calls.within(cycle) {
				fmt.Fprintln(out, "\t"+call)
			}
		}
	}
	if found > 0 {
		return fmt.Errorf("cycles of calls between files: %d; move functions so that calls go in one direction", found)
	}
	return nil
}

// fileCalls maps each file to the files that it calls, each with an example of a called function.
type fileCalls map[string]map[string]string

// calls returns which of the package's files call, or refer to, functions and methods in which others.
func (p listedPackage) calls(exports map[string]string) (fileCalls, error) {
	fset := token.NewFileSet()
	var files []*ast.File
	for _, name := range slices.Concat(p.GoFiles, p.CgoFiles) {
		file, err := parser.ParseFile(fset, filepath.Join(p.Dir, name), nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		files = append(files, file)
	}
	config := types.Config{
		FakeImportC: true,
		Importer: importer.ForCompiler(fset, "gc", func(path string) (io.ReadCloser, error) {
			return os.Open(exports[path])
		}),
	}
	info := &types.Info{Uses: map[*ast.Ident]types.Object{}}
	pkg, err := config.Check(p.ImportPath, fset, files, info)
	if err != nil {
		return nil, fmt.Errorf("check the types of %s: %w", p.ImportPath, err)
	}
	file := func(pos token.Pos) string { return filepath.Base(fset.Position(pos).Filename) }
	calls := fileCalls{}
	for ident, object := range info.Uses {
		function, ok := object.(*types.Func)
		if !ok || function.Pkg() != pkg || isAbstract(function) {
			continue
		}
		from, to := file(ident.Pos()), file(function.Origin().Pos())
		if from == to {
			continue
		}
		if calls[from] == nil {
			calls[from] = map[string]string{}
		}
		if example := calls[from][to]; example == "" || function.Name() < example {
			calls[from][to] = function.Name()
		}
	}
	return calls, nil
}

// isAbstract reports whether a function is a method of an interface, which has no code.
func isAbstract(function *types.Func) bool {
	receiver := function.Signature().Recv()
	return receiver != nil && types.IsInterface(receiver.Type())
}

// within lists the calls between the files.
func (c fileCalls) within(files []string) []string {
	var lines []string
	for _, from := range files {
		for _, to := range files {
			if function := c[from][to]; function != "" {
				lines = append(lines, fmt.Sprintf("%s calls %s of %s", from, function, to))
			}
		}
	}
	return lines
}

// cycles returns the groups of files in which every file calls every other one, directly or indirectly.
func cycles(calls fileCalls) [][]string {
	reached := map[string]map[string]bool{}
	for from := range calls {
		reached[from] = map[string]bool{}
		for next := []string{from}; len(next) > 0; next = next[1:] {
			for to := range calls[next[0]] {
				if !reached[from][to] {
					reached[from][to] = true
					next = append(next, to)
				}
			}
		}
	}
	var groups [][]string
	for _, from := range slices.Sorted(maps.Keys(reached)) {
		if !reached[from][from] ||
			slices.ContainsFunc(groups, func(group []string) bool { return slices.Contains(group, from) }) {
			continue
		}
		var group []string
		for _, to := range slices.Sorted(maps.Keys(reached[from])) {
			if reached[to][from] {
				group = append(group, to)
			}
		}
		groups = append(groups, group)
	}
	return groups
}
