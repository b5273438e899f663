// Package moduleproxy writes modules to a folder that GOPROXY can name, so that the go command downloads them to the
// module cache like any dependency.
package moduleproxy

import (
	"archive/zip"
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/internal/chores"
)

// Module is a version of a module to publish.
type Module struct {
	Dir     string   // the module's folder
	Files   []string // those to publish, relative to Dir and with slashes
	Path    string
	Version string
}

// This returns a version of the module whose repository has this root, with the files of the working tree.
func This(root, version string) (Module, error) {
	m := Module{Dir: root, Path: "github.com/go-sparta/sparta", Version: version}
	files, err := chores.Find(root, "*")
	if err != nil {
		return m, err
	}
	hidden, err := workflows(root)
	if err != nil {
		return m, err
	}
	files = append(files, hidden...)
	nested, err := chores.Find(root, "go.mod")
	m.Files = slices.DeleteFunc(files, func(name string) bool { return isNested(name, nested) })
	return m, err
}

// workflows lists the files of templates in folders whose names begin with a dot, which Find skips.
func workflows(root string) ([]string, error) {
	folders, err := filepath.Glob(filepath.Join(root, "templates", "*", ".github"))
	if err != nil {
		return nil, err
	}
	var all []string
	for _, folder := range folders {
		files, err := chores.Find(folder, "*")
		if err != nil {
			return nil, err
		}
		below, err := filepath.Rel(root, folder)
		if err != nil {
			return nil, err
		}
		for _, file := range files {
			all = append(all, filepath.ToSlash(filepath.Join(below, file)))
		}
	}
	return all, nil
}

// isNested reports whether a file belongs to a nested module, which is not part of a release.
func isNested(name string, goMods []string) bool {
	return slices.ContainsFunc(goMods, func(goMod string) bool {
		dir := strings.TrimSuffix(goMod, "go.mod")
		return dir != "" && strings.HasPrefix(name, dir)
	})
}

// Publish adds the module to the folder of a proxy, as its only version.
func Publish(m Module, proxy string) error {
	var archive bytes.Buffer
	packed := zip.NewWriter(&archive)
	for _, name := range m.Files {
		content, err := os.ReadFile(filepath.Join(m.Dir, filepath.FromSlash(name)))
		if err != nil {
			return fmt.Errorf("publish %s: %w", m.Path, err)
		}
		w, err := packed.Create(m.Path + "@" + m.Version + "/" + name)
		if err != nil {
			return fmt.Errorf("publish %s: %w", m.Path, err)
		}
		if _, err := w.Write(content); err != nil {
			return fmt.Errorf("publish %s: %w", m.Path, err)
		}
	}
	if err := packed.Close(); err != nil {
		return fmt.Errorf("publish %s: %w", m.Path, err)
	}
	goMod, err := os.ReadFile(filepath.Join(m.Dir, "go.mod"))
	if err != nil {
		return fmt.Errorf("publish %s: %w", m.Path, err)
	}
	dir := filepath.Join(proxy, filepath.FromSlash(m.Path), "@v")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("publish %s: %w", m.Path, err)
	}
	for name, content := range map[string][]byte{
		"list":              []byte(m.Version + "\n"),
		m.Version + ".info": fmt.Appendf(nil, "{\"Version\": %q, \"Time\": \"2026-01-01T00:00:00Z\"}\n", m.Version),
		m.Version + ".mod":  goMod,
		m.Version + ".zip":  archive.Bytes(),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o644); err != nil {
			return fmt.Errorf("publish %s: %w", m.Path, err)
		}
	}
	return nil
}
