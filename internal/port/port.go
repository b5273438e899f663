package port

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/internal/files"
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
	parsed, err := parseAll(options.Dir, paths)
	if err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(parsed, usesOriginal) {
		return nil, ErrNothing
	}
	result := &Result{Files: len(parsed)}
	changeAll(parsed)
	for _, f := range parsed {
		content, err := f.result()
		if err != nil {
			return nil, err
		}
		if string(content) != string(f.content) {
			result.Changes = append(result.Changes, Change{f.path, f.content, content})
		}
		result.Left = append(result.Left, f.remarks(content)...)
	}
	if err := result.changeModule(ctx, options, parsed); err != nil {
		return nil, err
	}
	return result, nil
}

// changeAll applies the rules to all files. Rules that need to know the whole application come first.
func changeAll(parsed []*file) {
	table := map[[2]string]entry{}
	for _, e := range nameTable() {
		table[[2]string{e.Package, e.Name}] = e
	}
	keep := usesOfGocf(parsed).templates
	if keep { // these return values of go-cloudformation, which the application may pass to others
		for _, name := range []string{"S3ArnForBucket", "S3AllKeysArnForBucket"} {
			table[[2]string{"aws/cloudformation", name}] = entry{Verdict: moved, Text: "compat." + name}
		}
	}
	folders := map[string][]*file{}
	for _, f := range parsed {
		folders[filepath.Dir(f.path)] = append(folders[filepath.Dir(f.path)], f)
	}
	called := calledNames(parsed)
	for _, folder := range folders {
		hooks := templateHooks(folder)
		for _, f := range folder {
			became := f.changeImports(table)
			f.adaptTemplateHooks(hooks)
			f.changeHooks(called)
			f.changeHookLists()
			f.changeGocf(keep, became)
			f.changeS3Types(became)
			f.changeVariables()
			f.checkFields()
			f.dropUnusedImports(became)
			f.editImports(became)
		}
	}
}

// usesOriginal reports whether a file imports what a port changes.
func usesOriginal(f *file) bool {
	for _, imported := range f.syntax.Imports {
		path, _ := pathOf(imported)
		if _, ours := originalFolder(path); ours || isGocf(path) {
			return true
		}
	}
	return false
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

func parseAll(dir string, paths []string) (parsed []*file, err error) {
	var faults []error
	for _, path := range paths {
		content, err := os.ReadFile(inDir(dir, path))
		if err != nil {
			return nil, err
		}
		f, err := parse(path, content)
		if err != nil {
			faults = append(faults, err)
			continue
		}
		parsed = append(parsed, f)
	}
	return parsed, errors.Join(faults...)
}

// Write writes all changes. If one file cannot be written, those before it get their content back.
func (r *Result) Write(dir string) error {
	for i, change := range r.Changes {
		err := write(inDir(dir, change.Path), change.Old, change.New)
		if err == nil {
			continue
		}
		for _, done := range r.Changes[:i] {
			err = errors.Join(err, files.Write(inDir(dir, done.Path), done.Old))
		}
		return fmt.Errorf("%w: nothing has been changed", err)
	}
	return nil
}

// write replaces a file that still has the content that was read.
func write(path string, before, after []byte) error {
	now, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if string(now) != string(before) {
		return fmt.Errorf("%s has changed since it was read: run the command again", path)
	}
	return files.Write(path, after)
}
