package rewrite

import (
	"go/build/constraint"
	"os"
	"path/filepath"
	"strings"
	"testing"

	sources "github.com/go-sparta/sparta/cgo/bridge"
	"github.com/go-sparta/sparta/internal/gosource"
	"github.com/go-sparta/sparta/internal/workspace"
)

// The bridge is compiled in modules with any go line, so each of its files states its language version.
func TestTheBridgeStatesItsLanguageVersion(t *testing.T) {
	files := 0
	for name, content := range sources.Files() {
		files++
		line, _, _ := strings.Cut(content, "\n")
		expression, err := constraint.Parse(line)
		if err != nil || constraint.GoVersion(expression) != "go1.21" {
			t.Errorf("cgo/bridge/%s begins with %q: begin it with //go:build go1.21, "+
				"the oldest version that a build constraint can select", name, line)
		}
	}
	if files < 15 {
		t.Errorf("%d files", files)
	}
}

func TestFindBridge(t *testing.T) {
	module := func(dir, path string) *gosource.Package {
		return &gosource.Package{
			ImportPath: path,
			Dir:        dir,
			Name:       "main",
			Module:     &gosource.Module{Path: path, Dir: dir, Main: true},
		}
	}
	root, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	in := func(name string) string { return filepath.Join(root, filepath.FromSlash(name)) }
	for _, dir := range []string{"app/cmd/x", "app/tools", "lib"} {
		if err := os.MkdirAll(in(dir), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(in("app/tools/go.mod"), []byte("module tools\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ Dir, importPath, dir string }{
		"the module's root": {
			"app/.sparta", "example.com/app/.sparta/bridge", "app/.sparta/bridge",
		},
		"a folder below it": {
			"app/cmd/x/.sparta", "example.com/app/cmd/x/.sparta/bridge", "app/cmd/x/.sparta/bridge",
		},
		"another target": {
			"app/.sparta/local", "example.com/app/.sparta/local/bridge", "app/.sparta/local/bridge",
		},
		"another module of the workspace": {
			"lib/.sparta", "example.com/lib/.sparta/bridge", "lib/.sparta/bridge",
		},
		"a module that is not part of the build": {
			"app/tools/.sparta", "example.com/app/.sparta/bridge", "app/.sparta/bridge",
		},
		"no module, beside a go.work": {".sparta", "example.com/app/.sparta/bridge", "app/.sparta/bridge"},
		"no module, in a folder of its own": {
			"elsewhere/.sparta", "example.com/app/.sparta/bridge", "app/.sparta/bridge",
		},
	} {
		t.Run(name, func(t *testing.T) {
			app := &gosource.Application{
				Packages: []*gosource.Package{
					module(in("lib"), "example.com/lib"),
					module(in("app"), "example.com/app"),
				},
			}
			app.Main = app.Packages[1]
			place, err := FindBridge(app, workspace.Dir(in(c.Dir)))
			if err != nil || place.importPath != c.importPath || place.Workspace.Bridge() != in(c.dir) {
				t.Errorf("got %s in %s, %v", place.importPath, place.Workspace.Bridge(), err)
			}
		})
	}
}
