// Package repack adds the files of Archive hooks to a package.
package repack

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/go-sparta/sparta/internal/archive"
	"github.com/go-sparta/sparta/internal/files"
	"github.com/go-sparta/sparta/sparta"
)

// Package is a package that has been built.
type Package struct {
	Zip   string // path of the zip
	Stage string // the folder with its content
	Name  string // of the library
}

// Add writes a zip with the files of the package and those that hooks add, to the folder archive beside the package's
// zip. That one stays as it was built, so that the next build finds it unchanged. If hooks add nothing, Add returns it.
func Add(ctx context.Context, pkg Package, hooks func(sparta.PackageWriter) error) (archive.Report, error) {
	output := filepath.Join(filepath.Dir(pkg.Zip), "archive", filepath.Base(pkg.Zip))
	added := files.Scratch(output)
	if err := os.MkdirAll(filepath.Dir(output), 0o755); err != nil {
		return archive.Report{}, fmt.Errorf("add files to the package: %w", err)
	}
	if err := files.SweepScratchFolder(filepath.Dir(output)); err != nil {
		return archive.Report{}, fmt.Errorf("add files to the package: %w", err)
	}
	report, err := add(ctx, pkg, added, output, hooks)
	return report, errors.Join(err, os.RemoveAll(added))
}

func add(
	ctx context.Context, pkg Package, added, output string, hooks func(sparta.PackageWriter) error,
) (archive.Report, error) {
	count, err := collect(pkg, added, hooks)
	if err != nil {
		return archive.Report{}, err
	}
	if count == 0 {
		info, err := os.Stat(pkg.Zip)
		if err != nil {
			return archive.Report{}, fmt.Errorf("find the package: %w", err)
		}
		return archive.Report{Path: pkg.Zip, Size: info.Size()}, nil
	}
	return archive.WriteAll(ctx, []string{pkg.Stage, added}, output)
}

// collect writes the files that hooks add to a folder, and returns their number.
func collect(pkg Package, added string, hooks func(sparta.PackageWriter) error) (int, error) {
	w := &writer{pkg: pkg, dir: added}
	err := errors.Join(hooks(w), w.close())
	w.ended = true
	return w.count, err
}
