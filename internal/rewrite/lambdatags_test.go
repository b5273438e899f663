package rewrite

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/gosource"
)

// The bridge does not compile with aws-lambda-go 1.0 and 1.1.
func TestAnAWSLambdaGoThatIsTooOld(t *testing.T) {
	for text, fail := range map[string]string{
		"package lambda\n\nfunc Start(handler interface{}) {}\n":                         "require 1.2.0 or newer",
		"package lambda\n\ntype Handler interface {\n\tInvoke()\n}\n\nfunc Start() {}\n": "",
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "entry.go"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		_, err := lambdaTags(&gosource.Application{Packages: []*gosource.Package{
			{ImportPath: gosource.LambdaPath, Dir: dir, GoFiles: []string{"entry.go"}},
		}})
		if (err == nil) != (fail == "") || err != nil && !strings.Contains(err.Error(), fail) {
			t.Errorf("error %v, want %q in it\n%s", err, fail, text)
		}
	}
}

// The go command names files of the module cache although they are gone.
func TestADamagedModuleCache(t *testing.T) {
	cache := t.TempDir()
	dependency := func(path string, imports ...string) *gosource.Package {
		dir := filepath.Join(cache, "module@v1.0.0")
		return &gosource.Package{ImportPath: path, Dir: dir, GoFiles: []string{"lost.go"}, Imports: imports}
	}
	for _, p := range []*gosource.Package{
		dependency(gosource.LambdaPath),
		dependency(gosource.BridgePath),
		dependency("example.com/starts", gosource.LambdaPath),
	} {
		app := &gosource.Application{Main: &gosource.Package{}, Packages: []*gosource.Package{p}, ModCache: cache}
		_, err := Transform(app, Place{})
		if p.ImportPath == gosource.LambdaPath {
			_, err = lambdaTags(app)
		}
		if p.ImportPath == gosource.BridgePath {
			err = sameBridge(app, p)
		}
		if err == nil || !strings.Contains(err.Error(), "lost.go") ||
			!strings.Contains(err.Error(), "go clean -modcache") {
			t.Errorf("%s: error %v", p.ImportPath, err)
		}
	}
}
