package requirements

import (
	"context"
	"fmt"

	"github.com/go-sparta/sparta/internal/archive"
)

// Layer packs the packages as a layer, and returns the path of the zip. Without packages, there is none. The
// error says so if a function with the layer, whose own files have a size of unzipped bytes, is too large for Lambda.
func (p Packages) Layer(ctx context.Context, path string, unzipped int64) (string, error) {
	if p.Digest == "" {
		return "", nil
	}
	if total := p.Size + unzipped; total > archive.MaxUnzipped {
		return "", fmt.Errorf("the function's files and its layer of packages have %d MB unzipped, and Lambda's limit "+
			"is %d MB: remove requirements, or use smaller ones", total>>20, archive.MaxUnzipped>>20)
	}
	if _, err := archive.Write(ctx, p.Root, path); err != nil {
		return "", fmt.Errorf("pack the layer: %w", err)
	}
	return path, nil
}
