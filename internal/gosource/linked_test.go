//go:build unix

package gosource

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/go-sparta/sparta/internal/testfiles"
)

func TestLinkedSourcesOutsideTheModule(t *testing.T) {
	dir := testfiles.Unpack(t, `
-- app/main.go --
-- app/sub/x.go --
-- elsewhere/util.go --
-- elsewhere/other.go --
-- shared/s.go --
-- replaced/r.go --
`)
	in := func(path string) string { return filepath.Join(dir, path) }
	for link, target := range map[string]string{
		"app/util.go": "../elsewhere/util.go", "app/inner.go": "sub/x.go", "app/shared": "../shared", "lib": "replaced",
	} {
		if err := os.Symlink(target, in(link)); err != nil {
			t.Fatal(err)
		}
	}
	app := &Application{ModCache: in("mod")}
	for folder, files := range map[string][]string{
		"app": {"main.go", "util.go", "inner.go"}, "app/shared": {"s.go"}, "lib": {"r.go"},
	} {
		p := &Package{ImportPath: folder, Dir: in(folder), GoFiles: files}
		p.Module = &Module{Dir: in(folder), Main: true}
		app.Packages = append(app.Packages, p)
	}
	found := app.Linked([]string{in("app"), in("lib")})
	slices.Sort(found)
	if want := []string{in("elsewhere/util.go"), in("shared")}; !slices.Equal(found, want) {
		t.Errorf("Linked() = %q, want %q", found, want)
	}
}
