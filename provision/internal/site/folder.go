package site

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/provision/internal/show"
)

// Folder is what a site consists of.
type Folder struct {
	Files  []File
	Size   int64 // bytes
	Hidden int   // how many files and folders are left out because their names begin with a dot
}

// Describe says how much the folder has, and in a preview, which files.
func (f *Folder) Describe(preview bool) string {
	text := fmt.Sprintf("%s of %d bytes", show.Count(len(f.Files), "file"), f.Size)
	if f.Hidden > 0 {
		text += fmt.Sprintf(", without %s whose names begin with a dot", show.Count(f.Hidden, "file or folder"))
	}
	if !preview {
		return text
	}
	keys := make([]string, len(f.Files))
	for i, file := range f.Files {
		keys[i] = file.Key
	}
	return text + fmt.Sprintf(": provisioning uploads those that differ from the bucket's, and %s: %s", Manifest,
		Listed(keys))
}

// Has reports whether the folder has a file.
func (f *Folder) Has(key string) bool {
	return slices.ContainsFunc(f.Files, func(file File) bool { return file.Key == key })
}

// withoutExtension lists files at whose names a folder cannot be told from a file.
func (f *Folder) withoutExtension() []string {
	var keys []string
	if f == nil {
		return keys
	}
	for _, file := range f.Files {
		if !strings.Contains(path.Base(file.Key), ".") {
			keys = append(keys, "/"+file.Key)
		}
	}
	return keys
}

// Listed names the first of many keys.
func Listed(keys []string) string {
	const most = 10
	if len(keys) <= most {
		return strings.Join(keys, ", ")
	}
	return fmt.Sprintf("%s and %s", strings.Join(keys[:most], ", "), show.Count(len(keys)-most, "other"))
}
