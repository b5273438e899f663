package port

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Options say what to port.
type Options struct {
	Dir      string   // the folder in which the command runs
	Patterns []string // folders, or folders and all below (./...)
	Version  string   // of this module, for go.mod
	Replace  string   // folder that go.mod names instead of a published version, or empty
}

// Result is what a port changes, and what it leaves to the user.
type Result struct {
	Changes []Change
	Left    []Remark
	Files   int // how many files were read
}

// Change is a file with its new content.
type Change struct {
	Path     string // from the folder in which the command runs
	Old, New []byte
}

// Remark is what the user has to do at a place.
type Remark struct {
	File    string
	Line    int // in the file as it is
	NewLine int // in the file with its changes
	Text    string
}

// order puts the go.mod of modules first: see Write.
func (c Change) order() int {
	if filepath.Base(c.Path) == "go.mod" {
		return 0
	}
	return 1
}

// At returns the remark with one of its lines.
func (r Remark) At(line int) string {
	if line == 0 {
		return r.File + ": " + r.Text // about the whole file or folder
	}
	return fmt.Sprintf("%s:%d: %s", r.File, line, r.Text)
}

// ErrNothing means that no file uses the original.
var ErrNothing = errors.New("nothing to port: no file imports github.com/mweagle/Sparta or what belongs to it")

// Run reads an application and returns what has to change.
func Run(ctx context.Context, options Options) (*Result, error) {
	paths, err := sources(options.Dir, options.Patterns)
	if err != nil {
		return nil, err
	}
	table := names()
	parsed, err := parseAll(options.Dir, paths, table)
	if err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(parsed, usesOriginal) {
		return nil, ErrNothing
	}
	modules, err := modulesOf(ctx, options.Dir, parsed)
	if err != nil {
		return nil, err
	}
	result := &Result{Files: len(parsed)}
	changeAll(parsed, table)
	for _, m := range modules {
		if err := result.change(ctx, options, m); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(result.Changes, func(a, b Change) int { return cmp.Compare(a.order(), b.order()) })
	return result, nil
}

// change adds what changes in a module.
func (r *Result) change(ctx context.Context, options Options, m *module) error {
	var changes []Change
	for _, f := range m.files {
		content, err := f.result()
		if err != nil {
			return err
		}
		if string(content) != string(f.read) {
			changes = append(changes, Change{f.path, f.read, content})
		}
		r.Left = append(r.Left, f.remarks(content)...)
	}
	r.Changes = append(r.Changes, changes...)
	if !slices.ContainsFunc(m.files, usesOriginal) {
		return nil
	}
	return r.changeModule(ctx, options, m, changes)
}

// names returns the table of names, by the folder in the original and the name.
func names() map[[2]string]entry {
	table := map[[2]string]entry{}
	for _, e := range nameTable() {
		table[[2]string{e.Package, e.Name}] = e
	}
	return table
}

// changeAll applies the rules to all files. Rules that need to know the whole application come first.
func changeAll(parsed []*file, table map[[2]string]entry) {
	keep := usesOfGocf(parsed).templates
	if keep { // these return values of go-cloudformation, which the application may pass to others
		for _, name := range []string{"S3ArnForBucket", "S3AllKeysArnForBucket"} {
			table[[2]string{"aws/cloudformation", name}] = entry{Verdict: moved, Text: "compat." + name}
		}
	}
	called, hooks := calledNames(parsed), templateHooks(parsed)
	for _, f := range parsed {
		became := f.changeImports(table)
		f.adaptTemplateHooks(hooks)
		f.changeHooks(called)
		f.changeGocf(keep, became)
		if usesSparta(f) {
			f.changeHookLists()
			f.changeMethods()
			f.changeS3Types(became)
			f.changeVariables()
			f.changeAggregators()
			f.checkFields()
		}
		f.dropUnusedImports(became)
		f.editImports(became)
	}
}

// sources lists the Go files of patterns, as the go command understands them: without vendor, testdata, and folders
// that begin with a dot or an underscore, and without the modules below.
func sources(dir string, patterns []string) (paths []string, err error) {
	if len(patterns) == 0 {
		patterns = []string{"."}
	}
	for _, pattern := range patterns {
		folder, all := strings.CutSuffix(pattern, "...")
		folder = filepath.Clean(filepath.Join(dir, folder))
		if filepath.IsAbs(pattern) {
			folder = filepath.Clean(strings.TrimSuffix(pattern, "..."))
		}
		info, err := os.Stat(folder)
		if err != nil {
			return nil, fmt.Errorf("%w: name folders of the application, such as ./... for all", err)
		}
		if !info.IsDir() {
			return nil, fmt.Errorf("%s is a file: name its folder, because its other files may have to change", pattern)
		}
		err = filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if entry.IsDir() {
				return enter(path, folder, all)
			}
			if strings.HasSuffix(path, ".go") && entry.Type().IsRegular() {
				paths = append(paths, shown(dir, path))
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	slices.Sort(paths)
	return slices.Compact(paths), nil
}

// enter returns fs.SkipDir if the walk does not read a folder.
func enter(path, root string, all bool) error {
	if path == root {
		return nil
	}
	name := filepath.Base(path)
	if !all || name == "vendor" || name == "testdata" || name == "Godeps" || strings.HasPrefix(name, ".") ||
		strings.HasPrefix(name, "_") {
		return fs.SkipDir
	}
	if _, err := os.Stat(filepath.Join(path, "go.mod")); err == nil {
		return fs.SkipDir
	}
	return nil
}

func parseAll(dir string, paths []string, table map[[2]string]entry) (parsed []*file, err error) {
	var faults []error
	for _, path := range paths {
		content, err := os.ReadFile(inDir(dir, path))
		if err != nil {
			return nil, err
		}
		f, err := parse(path, content)
		if err == nil {
			err = f.nameDots(table)
		}
		if err != nil {
			faults = append(faults, err)
			continue
		}
		parsed = append(parsed, f)
	}
	return parsed, errors.Join(faults...)
}
