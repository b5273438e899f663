package chores

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
)

// ImportRule says which packages a package must not import, directly or indirectly.
type ImportRule struct {
	Package string   // as the go command accepts it
	Tags    string   // comma-separated build tags
	Never   []string // import path prefixes that are not allowed; "std/" precedes those of the standard library
	Only    []string // if not empty, the only import path prefixes that are allowed besides the standard library
	Most    int      // if not 0, the number of packages that may be imported
}

// Check writes each import that breaks the rule to out, and fails if there are any, or too many imports.
func (r ImportRule) Check(ctx context.Context, out io.Writer) error {
	var list bytes.Buffer
	command := Go("list", "-deps", "-tags="+r.Tags, "-f={{if .Standard}}std/{{end}}{{.ImportPath}}", r.Package)
	command = command.With("GOOS=linux") // where the lists are shortest
	if err := command.Run(ctx, &list, out); err != nil {
		return err
	}
	paths := strings.Fields(list.String())
	broken := r.broken(paths)
	for _, path := range broken {
		fmt.Fprintln(out, path)
	}
	if len(broken) > 0 {
		return fmt.Errorf("%s imports packages that it must not import: %d; go mod why -m shows why",
			r.Package, len(broken))
	}
	return r.count(paths)
}

// count returns an error if more packages are imported than allowed. The standard library's internal packages, which
// differ between releases of Go, are not counted.
func (r ImportRule) count(paths []string) error {
	imported := -1 // the package itself is listed, too
	for _, path := range paths {
		if !strings.HasPrefix(path, "std/") || !slices.Contains(strings.Split(path, "/"), "internal") {
			imported++
		}
	}
	if r.Most == 0 || imported <= r.Most {
		return nil
	}
	return fmt.Errorf("%s imports %d packages, at most %d are allowed: `go list -deps %[1]s` lists them, and "+
		"`go mod why` shows why", r.Package, imported, r.Most)
}

// broken returns the import paths that the rule forbids.
func (r ImportRule) broken(paths []string) []string {
	var broken []string
	for _, path := range paths {
		if under(path, r.Never) || len(r.Only) > 0 && !under(path, r.Only) && !strings.HasPrefix(path, "std/") {
			broken = append(broken, path)
		}
	}
	return broken
}

// under reports whether path is one of the prefixes or below one.
func under(path string, prefixes []string) bool {
	for _, prefix := range prefixes {
		if path == prefix || strings.HasPrefix(path, prefix+"/") {
			return true
		}
	}
	return false
}
