package requirements

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"slices"

	"github.com/go-sparta/sparta/internal/archive"
	"github.com/go-sparta/sparta/internal/files"
)

// Packages are installed packages.
type Packages struct {
	Root   string   // the folder that has the packages in its folder python, as a layer has them
	Digest string   // identifies names and contents of all files
	Names  []string // names and versions of the packages: "jmespath 1.1.0"

	SHA256 map[string]string // of the wheels, in hex, by Key; without those that pip has not named

	sizes map[string]int64 // bytes of the files, by their paths in Dir
}

// Dir is the folder of the packages, for Python's path, or "" if there are none.
func (p Packages) Dir() string {
	if p.Root == "" {
		return ""
	}
	return filepath.Join(p.Root, layerFolder)
}

// layerFolder is where Lambda looks for the Python packages of a layer.
const layerFolder = "python"

// Layer packs the packages as a layer, once, and returns the path of the zip in the cache. Without packages, it returns
// "". The files of the function's own have so many bytes.
func (p Packages) Layer(ctx context.Context, unzipped int64) (string, error) {
	if p.Digest == "" {
		return "", nil
	}
	if err := p.CheckLayer(unzipped); err != nil {
		return "", err
	}
	path := filepath.Join(filepath.Dir(p.Root), "layer.zip")
	if files.IsFile(path) {
		return path, nil
	}
	if _, err := archive.Write(ctx, p.Root, path); err != nil {
		return "", fmt.Errorf("pack the layer: %w", err)
	}
	return path, nil
}

// CheckLayer returns an error if a function with the layer, and with so many bytes of its own, is too large for Lambda.
func (p Packages) CheckLayer(unzipped int64) error {
	var all []archive.File
	if unzipped > 0 {
		all = append(all, archive.File{Name: "the function's own files", Size: unzipped})
	}
	for _, name := range slices.Sorted(maps.Keys(p.sizes)) {
		all = append(all, archive.File{Name: name, Size: p.sizes[name]})
	}
	return archive.CheckLimit("the function with its layer of Python packages", all)
}
