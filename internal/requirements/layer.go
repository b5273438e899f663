package requirements

import (
	"context"
	"fmt"
	"path/filepath"

	"github.com/go-sparta/sparta/internal/archive"
	"github.com/go-sparta/sparta/internal/files"
)

// Packages are installed packages.
type Packages struct {
	Root   string   // the folder that has the packages in its folder python, as a layer has them
	Digest string   // identifies names and contents of all files
	Names  []string // names and versions of the packages: "jmespath 1.1.0"
	Size   int64    // bytes of all files
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
// "". It returns an error if a function with the layer, and with files of its own of so many unzipped bytes, is too
// large for Lambda.
func (p Packages) Layer(ctx context.Context, unzipped int64) (string, error) {
	if p.Digest == "" {
		return "", nil
	}
	if total := p.Size + unzipped; total > archive.MaxUnzipped {
		return "", fmt.Errorf("the function's files and its layer of packages have %d MB unzipped, and Lambda's limit "+
			"is %d MB: remove requirements, or use smaller ones", total>>20, archive.MaxUnzipped>>20)
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
