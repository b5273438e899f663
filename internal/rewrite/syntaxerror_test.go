package rewrite

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/go-sparta/sparta/internal/gosource"
)

// As with the compiler, each line begins with a place that editors and terminals can open.
func TestSyntaxErrorsReadLikeTheCompilers(t *testing.T) {
	dir := t.TempDir()
	source := "package main\n\nfunc main() {\n\tx := 'ab'\n\ty := \"a\n}\n"
	if err := os.WriteFile(filepath.Join(dir, "main.go"), []byte(source), 0o600); err != nil {
		t.Fatal(err)
	}
	app := &gosource.Application{Main: &gosource.Package{
		ImportPath: "example.com/app", Name: "main", Dir: dir, GoFiles: []string{"main.go"},
		Module: &gosource.Module{Path: "example.com/app", Dir: dir, Main: true},
	}}
	app.Packages = []*gosource.Package{app.Main}
	_, err := Transform(app, Place{})
	wrong := new(SyntaxError)
	if !errors.As(err, &wrong) {
		t.Fatalf("error %v", err)
	}
	const want = "the application does not compile:\n# example.com/app\n" +
		"main.go:4:7: syntax error: illegal rune literal\n" +
		"main.go:5:7: syntax error: string literal not terminated"
	if got := wrong.Text(filepath.Base); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
