package chores

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// listedPackage is what go list -json reports about a package.
type listedPackage struct {
	ImportPath, Dir, Export string
	ForTest                 string // the package of the test for which this one is compiled
	DepOnly                 bool
	GoFiles, CgoFiles       []string
	ImportMap               map[string]string // from paths in the source to those of packages, where they differ
	Module                  *struct {
		Main      bool
		GoVersion string
	}
}

// listPackages runs a go list command that has the flag -json, and returns what it reports.
func listPackages(ctx context.Context, command Command, out io.Writer) ([]listedPackage, error) {
	var list bytes.Buffer
	if err := command.Run(ctx, &list, out); err != nil {
		return nil, err
	}
	var packages []listedPackage
	decoder := json.NewDecoder(&list)
	for {
		var p listedPackage
		switch err := decoder.Decode(&p); {
		case errors.Is(err, io.EOF):
			return packages, nil
		case err != nil:
			return nil, fmt.Errorf("read the output of go list: %w", err)
		}
		packages = append(packages, p)
	}
}
