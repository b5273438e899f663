package watch

import (
	"strings"

	"github.com/go-sparta/sparta/internal/gosource"
)

// Set says which files matter. All paths are absolute.
type Set struct {
	// Roots are folders of modules. Sources and module files there and below matter, unless they are ignored.
	Roots []string
	// Files matter even if they are ignored, or do not exist yet.
	Files []string
	// Folders are those in which all files matter, at any depth.
	Folders []string
	// Beside are those in which all files matter, but not those of folders in them.
	Beside []string
	// Made are files that the build has written. Only their removal matters.
	Made []string
}

// isSource reports whether a file of this name in a module can change what the go command builds.
func isSource(name string) bool {
	switch name {
	case "go.mod", "go.sum", "go.work", "go.work.sum":
		return true
	}
	return gosource.IsSource(name)
}

// hasNoPackages reports whether packages in a folder of this name are not part of patterns such as ./..., or are not
// the user's. Those that a build has read nevertheless are in Set.Files.
func hasNoPackages(name string) bool {
	switch name {
	case "vendor", "node_modules", "testdata":
		return true
	}
	return name[0] == '.' || name[0] == '_'
}

// neverMatters reports whether a file or folder of this name matters nowhere. While mage compiles a magefile, it writes
// mage_output_file.go.
func neverMatters(name string) bool {
	switch name {
	case ".git", ".sparta", "__pycache__", "node_modules", ".DS_Store", "mage_output_file.go":
		return true
	}
	return strings.HasSuffix(name, ".sparta-cgo") || isScratch(name)
}

// isScratch reports whether a name is that of a temporary file of an editor: Vim's .main.go.swp and 4913, Emacs's
// .#main.go and #main.go#, main.go~ of both.
func isScratch(name string) bool {
	return name == "4913" || strings.HasSuffix(name, "~") || strings.HasPrefix(name, ".#") ||
		strings.HasPrefix(name, "#") && strings.HasSuffix(name, "#") ||
		strings.HasPrefix(name, ".") && (strings.HasSuffix(name, ".swp") || strings.HasSuffix(name, ".swx"))
}
