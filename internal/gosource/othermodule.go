package gosource

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/go-sparta/sparta/internal/files"
)

// OtherModule returns how to build a package that is named by its path and belongs to another module than the folder
// dir, or nothing if it does not.
func OtherModule(dir, pattern string) string {
	target := files.Absolute(dir, filepath.FromSlash(strings.TrimSuffix(pattern, "/...")))
	root := moduleOf(target)
	if !files.Exists(target) || root == "" || root == moduleOf(dir) {
		return ""
	}
	options, variable := fmt.Sprintf("Dir: %q", shownPath(dir, root)), ""
	if target != root {
		relative := "./" + shownPath(root, target)
		options += fmt.Sprintf(", Package: %q", relative)
		variable = " with SPARTA_PACKAGE=" + relative
	}
	return fmt.Sprintf("%s belongs to another module, that of %s: build it there%s, or in a target of your own with "+
		"spartamage.BuildOptions{%s}", pattern, filepath.Join(root, "go.mod"), variable, options)
}

// moduleOf returns the folder of the module that a path belongs to, or nothing.
func moduleOf(path string) string {
	for !files.IsFile(filepath.Join(path, "go.mod")) {
		if path == filepath.Dir(path) {
			return ""
		}
		path = filepath.Dir(path)
	}
	return path
}

// shownPath returns a path relative to a folder, with slashes.
func shownPath(dir, path string) string {
	relative, err := filepath.Rel(dir, path)
	if err != nil {
		return filepath.ToSlash(path)
	}
	return filepath.ToSlash(relative)
}
