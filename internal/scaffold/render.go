package scaffold

import (
	"fmt"
	"io/fs"
	"maps"
	"strings"

	"github.com/go-sparta/sparta/internal/workspace"
	"github.com/go-sparta/sparta/templates"
)

// The names in the templates' files.
const (
	placeholder       = "my-service"
	modulePlaceholder = "example.com/" + placeholder
)

// tree has the contents of files by their paths, with forward slashes.
type tree map[string]string

// render returns the files of an application: those that all have, and those of its template, which take precedence.
func render(template, name, module string, source Source) (tree, error) {
	rendered := tree{}
	replace := strings.NewReplacer(modulePlaceholder, module, placeholder, name)
	folders := []string{"common"}
	if template != "" {
		folders = append(folders, template)
	}
	for _, folder := range folders {
		files, err := read(folder)
		if err != nil {
			return nil, err
		}
		for path, content := range files {
			files[path] = replace.Replace(content)
		}
		maps.Copy(rendered, files)
	}
	const mod = "go.mod"
	rendered[mod] = source.require(rendered[mod+".tmpl"])
	delete(rendered, mod+".tmpl")
	return rendered, nil
}

// read returns the files of a folder of the templates.
func read(folder string) (tree, error) {
	below, err := fs.Sub(templates.Applications, folder)
	if err != nil {
		return nil, err
	}
	files := tree{}
	err = fs.WalkDir(below, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if entry.Name() == workspace.Name { // somebody has built the template itself
				return fs.SkipDir
			}
			return nil
		}
		content, err := fs.ReadFile(below, path)
		files[path] = string(content)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the template %s: %w", folder, err)
	}
	return files, nil
}
