package gosource

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/testfiles"
)

func listed(t *testing.T, dir, pattern string) (*Application, error) {
	t.Helper()
	env, err := ReadEnvironment(t.Context(), dir, "linux", "amd64")
	if err != nil {
		t.Fatal(err)
	}
	return List(t.Context(), env, ListOptions{Dir: dir, Package: pattern, GOOS: "linux", GOARCH: "amd64"})
}

// Under a profile, go list names packages "path [main]", which is not an import path.
func TestListWithAProfile(t *testing.T) {
	dir := testfiles.Unpack(t, `
-- go.mod --
module example.com/app

go 1.24
-- main.go --
package main

import "example.com/app/deep"

func main() { deep.Run() }
-- deep/deep.go --
package deep

func Run() {}
-- default.pgo --
not a profile
`)
	app, err := listed(t, dir, ".")
	if err != nil {
		t.Fatal(err)
	}
	var paths []string
	for _, p := range app.Packages {
		paths = append(append(paths, p.ImportPath), p.Imports...)
	}
	if want := []string{"example.com/app/deep", "example.com/app", "example.com/app/deep"}; !slices.Equal(paths, want) {
		t.Errorf("the packages and their imports are %q, want %q", paths, want)
	}
}

// Whether a package is the user's own does not depend on the names of its folders.
func TestLocal(t *testing.T) {
	dir := testfiles.Unpack(t, `
-- app/go.mod --
module example.com/app

go 1.24

require example.com/other v0.0.0

replace example.com/other => ../third/vendor/other
-- app/main.go --
package main

import "example.com/other"

func main() { other.Run() }
-- third/vendor/other/go.mod --
module example.com/other
-- third/vendor/other/other.go --
package other

func Run() {}
`)
	app, err := listed(t, filepath.Join(dir, "app"), ".")
	if err != nil {
		t.Fatal(err)
	}
	if !app.Local(app.Find("example.com/other")) {
		t.Error("a module that is replaced by a folder below one called vendor is not the user's own")
	}

	vendored := testfiles.Unpack(t, `
-- go.mod --
module example.com/app

go 1.24

require example.com/other v1.0.0
-- main.go --
package main

import "example.com/other"

func main() { other.Run() }
-- vendor/modules.txt --
# example.com/other v1.0.0
## explicit
example.com/other
-- vendor/example.com/other/other.go --
package other

func Run() {}
`)
	if app, err = listed(t, vendored, "."); err != nil {
		t.Fatal(err)
	}
	if app.Local(app.Find("example.com/other")) || !app.Local(app.Main) {
		t.Error("a vendored package is the user's own, or the main package is not")
	}
}

// An overlay of GOFLAGS decides which files there are and what they contain.
func TestListWithAnOverlay(t *testing.T) {
	dir := testfiles.Unpack(t, `
-- go.mod --
module example.com/app

go 1.24
-- main.go --
package main

func main() {}
-- gone.go --
package main
-- aside/new.go --
package main
-- overlay.json --
{"Replace": {"new.go": "aside/new.go", "gone.go": ""}}
`)
	t.Setenv("GOFLAGS", "-overlay=overlay.json")
	app, err := listed(t, dir, ".")
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"main.go", "new.go"}; !slices.Equal(app.Main.GoFiles, want) {
		t.Errorf("the files are %q, want %q", app.Main.GoFiles, want)
	}
	want, got := filepath.Join(dir, "aside", "new.go"), app.Overlay.Path(filepath.Join(dir, "new.go"))
	if got != want {
		t.Errorf("new.go has the content of %s, want %s", got, want)
	}
	t.Setenv("GOFLAGS", "-overlay=missing.json")
	if _, err := listed(t, dir, "."); err == nil || !strings.Contains(err.Error(), "missing.json") {
		t.Errorf("a missing overlay: %v", err)
	}
}

// A build with another toolchain lists what that one compiles.
func TestListHandsVariablesToTheGoCommand(t *testing.T) {
	dir := testfiles.Unpack(t, "-- go.mod --\nmodule example.com/app\n-- main.go --\npackage main\n")
	env, err := ReadEnvironment(t.Context(), dir, "linux", "amd64")
	if err != nil {
		t.Fatal(err)
	}
	opts := ListOptions{Dir: dir, Package: ".", GOOS: "linux", GOARCH: "amd64"}
	_, err = List(t.Context(), env, opts, "GOTOOLCHAIN=nonsense")
	if err == nil || !strings.Contains(err.Error(), `invalid GOTOOLCHAIN "nonsense"`) {
		t.Errorf("error %v", err)
	}
}

// The go command names the file in the error of its package, after one of an import that says nothing.
func TestListNamesAFileThatCannotBeRead(t *testing.T) {
	dir := testfiles.Unpack(t, `
-- go.mod --
module example.com/app

go 1.24

require example.com/other v0.0.0

replace example.com/other => ./other
-- main.go --
package main

import "example.com/other"

func main() { other.Run() }
-- other/go.mod --
module example.com/other
-- other/other.go --
package other

func Run() {}
`)
	broken := filepath.Join(dir, "broken.go")
	if err := os.WriteFile(broken, []byte("package main\n\x00\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := listed(t, dir, "."); err == nil || !strings.Contains(err.Error(), broken+": unexpected NUL") {
		t.Errorf("error %v", err)
	}
}
