package port

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	pathpkg "path"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/go-sparta/sparta/internal/gosource"
)

// goLine is the oldest go line that a module may have which requires this one.
const goLine = "1.24.0"

// gocfVersion is the version of go-cloudformation that package compat requires.
const gocfVersion = "v0.0.0-20200503000230-7b355618fec9"

// replaced are the modules that an application no longer needs.
var replaced = []string{
	"github.com/mweagle/Sparta", oldLogrus, oldGocf, "github.com/mweagle/cloudformationresources",
}

// module is a module of the application.
type module struct {
	path    string // of its go.mod
	content []byte
	files   []*file

	Module  struct{ Path string }
	Go      string
	Require []struct{ Path, Version string }
	Godebug []struct{ Key, Value string }
}

// modulesOf groups files by their modules, and sets the import paths of their packages.
func modulesOf(ctx context.Context, dir string, parsed []*file) (modules []*module, err error) {
	byPath := map[string]*module{}
	for _, f := range parsed {
		folder := filepath.Dir(inDir(dir, f.path))
		path := findModule(folder)
		if path == "" {
			return nil, fmt.Errorf("%s is not in a module, as applications before Go 1.11 were not: run `go mod init` "+
				"with the application's import path, for example `go mod init github.com/me/shop`, then this command "+
				"again; `go get PATH@VERSION` keeps a version that dep, glide or godep has locked", shown(dir, folder))
		}
		m := byPath[path]
		if m == nil {
			m, err = readModule(ctx, path)
			if err != nil {
				return nil, err
			}
			byPath[path] = m
			modules = append(modules, m)
		}
		below, err := filepath.Rel(filepath.Dir(path), folder)
		if err != nil {
			return nil, err
		}
		f.importPath = pathpkg.Join(m.Module.Path, filepath.ToSlash(below))
		m.files = append(m.files, f)
	}
	return modules, nil
}

// changeModule adds the go.mod of a module to the changes. Other changes are those of its files.
func (r *Result) changeModule(ctx context.Context, options Options, m *module, changes []Change) error {
	edits := m.edits(options, changes)
	if len(edits) == 0 {
		return nil
	}
	vendored := filepath.Join(filepath.Dir(m.path), "vendor")
	if _, err := os.Stat(filepath.Join(vendored, "modules.txt")); err == nil {
		r.Left = append(r.Left, Remark{
			File: shown(options.Dir, vendored), Text: "run `go mod vendor` after `go mod tidy`, or remove the folder",
		})
	}
	changed, err := editModule(ctx, m.content, edits)
	if err != nil {
		return err
	}
	if !bytes.Equal(m.content, changed) {
		r.Changes = append(r.Changes, Change{shown(options.Dir, m.path), m.content, changed})
	}
	return nil
}

// findModule returns the path of the go.mod that a folder belongs to, or an empty path.
func findModule(folder string) string {
	for {
		path := filepath.Join(folder, "go.mod")
		if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
			return path
		}
		parent := filepath.Dir(folder)
		if parent == folder {
			return ""
		}
		folder = parent
	}
}

func readModule(ctx context.Context, path string) (*module, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	output, err := goMod(ctx, "edit", "-json", path)
	if err != nil {
		return nil, err
	}
	m := &module{path: path, content: content}
	return m, json.Unmarshal(output, m)
}

// edits are the flags of `go mod edit` for this module instead of the original's.
func (m *module) edits(options Options, changes []Change) (flags []string) {
	for _, required := range m.Require {
		for _, old := range replaced {
			if required.Path == old || strings.HasPrefix(required.Path, old+"/v") {
				flags = append(flags, "-droprequire="+required.Path)
			}
		}
	}
	add := func(path string) {
		if m.requires(path) {
			return
		}
		flags = append(flags, "-require="+path+"@"+options.Version)
		if options.Replace != "" {
			nested := strings.TrimPrefix(strings.TrimPrefix(path, gosource.ModulePath), "/")
			flags = append(flags, "-replace="+path+"="+filepath.Join(options.Replace, nested))
		}
	}
	add(gosource.ModulePath)
	if imports(changes, compatPath) {
		add(compatPath)
	}
	if imports(changes, gocf) && !m.requires(gocf) {
		flags = append(flags, "-require="+gocf+"@"+gocfVersion)
	}
	if older(m.Go, goLine) {
		flags = append(flags, "-go="+goLine)
		if len(m.Godebug) == 0 {
			flags = append(flags, "-godebug=default=go"+strings.Join(strings.Split(or(m.Go, "1.16")+".", ".")[:2], "."))
		}
	}
	return flags
}

func (m *module) requires(path string) bool {
	for _, required := range m.Require {
		if required.Path == path {
			return true
		}
	}
	return false
}

// imports reports whether one of the changed files imports a package, or one below it.
func imports(changes []Change, path string) bool {
	for _, change := range changes {
		if bytes.Contains(change.New, []byte(`"`+path+`"`)) || bytes.Contains(change.New, []byte(`"`+path+`/`)) {
			return true
		}
	}
	return false
}

func or(text, instead string) string {
	if text == "" {
		return instead
	}
	return text
}

// older reports whether a version of Go, such as 1.12, is older than another one.
func older(version, than string) bool {
	numbers := func(text string) (parsed [3]int) {
		for i, part := range strings.SplitN(text, ".", 3) {
			parsed[i], _ = strconv.Atoi(part)
		}
		return parsed
	}
	a, b := numbers(version), numbers(than)
	for i := range a {
		if a[i] != b[i] {
			return a[i] < b[i]
		}
	}
	return false
}

// editModule returns the content of a go.mod after `go mod edit`, which works on a copy.
func editModule(ctx context.Context, content []byte, flags []string) ([]byte, error) {
	dir, err := os.MkdirTemp("", "port-*")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "go.mod")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		return nil, err
	}
	if _, err := goMod(ctx, append(append([]string{"edit"}, flags...), path)...); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
}

func goMod(ctx context.Context, args ...string) ([]byte, error) {
	command := exec.CommandContext(ctx, "go", append([]string{"mod"}, args...)...)
	output, err := command.Output()
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		return nil, gosource.CommandError(ctx, err, string(exit.Stderr))
	}
	if err != nil {
		return nil, gosource.CommandError(ctx, err, "")
	}
	return output, nil
}
