package product

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/go-sparta/sparta/internal/chores"
)

// release VERSION PROXY publishes the working tree of this module.
func release(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: release version proxy")
	}
	files, err := chores.Find(repository(), "*")
	ts.Check(err)
	nested, err := chores.Find(repository(), "go.mod")
	ts.Check(err)
	copied := ts.MkAbs("released")
	for _, name := range files {
		if !inNestedModule(name, nested) {
			content, err := os.ReadFile(filepath.Join(repository(), filepath.FromSlash(name)))
			ts.Check(err)
			ts.Check(writeFile(filepath.Join(copied, filepath.FromSlash(name)), string(content)))
		}
	}
	publish(ts, false, []string{"released", "github.com/go-sparta/sparta", args[0], args[1]})
	ts.Check(os.RemoveAll(copied))
}

// inNestedModule reports whether a file belongs to a nested module, which is not part of a release.
func inNestedModule(name string, goMods []string) bool {
	for _, goMod := range goMods {
		dir := strings.TrimSuffix(goMod, "go.mod")
		if dir != "" && strings.HasPrefix(name, dir) {
			return true
		}
	}
	return false
}
