package stage

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Files says which files of the user are in a package.
type Files struct {
	Root     string   // what Include and Modules are relative to
	Include  []string // see Plan
	Modules  string   // folder of Python modules for the root of the package; empty means none
	Packages string   // folder of installed Python packages for the root of the package; empty means none
}

// Plan returns the files for the package, sorted by their names in it, or an error if one cannot be added. It only
// reads.
//
// An include is a file, a folder or a glob, relative to Root. In the package it has the same relative path, or the one
// after "=": "conf/prod.json=conf.json". If that ends with a slash, or if the include is a glob, it is the folder to
// add the files to.
func Plan(ctx context.Context, wanted Files, name string) ([]Extra, error) {
	p := extrasPlan{ctx: ctx, name: name, root: wanted.Root, found: make(map[string]Extra)}
	if err := p.modules(wanted.Modules); err != nil {
		return nil, err
	}
	for _, text := range wanted.Include {
		if err := p.include(wanted.Root, text); err != nil {
			return nil, fmt.Errorf("include %q: %w", text, err)
		}
	}
	if err := p.packages(wanted.Packages); err != nil {
		return nil, err
	}
	extras := slices.SortedFunc(maps.Values(p.found), func(a, b Extra) int {
		return strings.Compare(a.Target, b.Target)
	})
	if err := p.checkFolders(extras); err != nil {
		return nil, err
	}
	return extras, nil
}
