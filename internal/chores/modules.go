package chores

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/txtar"
)

// FetchModules downloads versions of modules (path@version), with everything that a build of their packages
// called lambda needs. What the module cache has is not downloaded again.
func FetchModules(ctx context.Context, modules []string, out io.Writer) error {
	for _, module := range modules {
		path, version, found := strings.Cut(module, "@")
		if !found {
			return fmt.Errorf("fetch %s: name a version, for example path@v1.2.3", module)
		}
		if err := fetch(ctx, path, version, out); err != nil {
			return fmt.Errorf("fetch %s: %w", module, err)
		}
	}
	return nil
}

// fetch lists the packages of a module that imports the given one. Because of its old go line, the go command
// reads every go.mod of the module graph, as it does for old applications.
func fetch(ctx context.Context, path, version string, out io.Writer) error {
	dir, err := os.MkdirTemp("", "fetch-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	for name, content := range map[string]string{
		"go.mod":  fmt.Sprintf("module fetch\n\ngo 1.13\n\nrequire %s %s\n", path, version),
		"main.go": fmt.Sprintf("package main\n\nimport _ %q\n\nfunc main() {}\n", path+"/lambda"),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
			return err
		}
	}
	return Go("list", "-deps", ".").In(dir).With("GOFLAGS=-mod=mod", "GOWORK=off").Run(ctx, io.Discard, out)
}

// FetchArchive downloads what the packages of a module need that a txtar archive has.
func FetchArchive(ctx context.Context, archive string, out io.Writer) error {
	dir, err := os.MkdirTemp("", "fetch-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	content, err := txtar.ParseFile(archive)
	if err != nil {
		return fmt.Errorf("fetch the modules of an archive: %w", err)
	}
	if err := txtar.Write(content, dir); err != nil {
		return fmt.Errorf("unpack %s: %w", archive, err)
	}
	if err := Go("list", "-deps", "./...").In(dir).With("GOWORK=off").Run(ctx, io.Discard, out); err != nil {
		return fmt.Errorf("fetch the modules of %s: %w", archive, err)
	}
	return nil
}

// Minimums writes the lowest versions in the go.mod of a module that imports these packages: our go line, and
// the versions that we require of the modules that the packages need.
func Minimums(ctx context.Context, packages []string, out io.Writer) error {
	var list strings.Builder
	const format = "{{with .Module}}{{if .Main}}go {{.GoVersion}}{{else}}{{.Path}} {{.Version}}{{end}}{{end}}"
	args := append([]string{"list", "-deps", "-f=" + format}, packages...)
	if err := Go(args...).With("GOOS=linux").Run(ctx, &list, out); err != nil {
		return err
	}
	lines := strings.Split(strings.TrimSpace(list.String()), "\n")
	slices.Sort(lines)
	_, err := fmt.Fprintf(out, "a module that imports %s requires at least:\n\t%s\n", strings.Join(packages, ", "),
		strings.Join(slices.Compact(lines), "\n\t"))
	return err
}
