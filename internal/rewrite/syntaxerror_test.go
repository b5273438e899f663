package rewrite

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/gosource"
	"github.com/go-sparta/sparta/internal/testfiles"
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

// One build names them all, and no error that follows from them.
func TestSyntaxErrorsOfAllFilesAreListed(t *testing.T) {
	dir := t.TempDir()
	many := "package sub\n"
	for range maxProblems + 1 {
		many += "var _ = 'ab'\n"
	}
	testfiles.Write(t, dir, map[string]string{
		"sub/a.go": "package sub\nvar a = )\n", "sub/b.go": many, "sub/c.go": "package sub\n",
		"main.go": "package main\nvar b = )\n",
	})
	module := &gosource.Module{Path: "example.com/app", Dir: dir, Main: true}
	app := &gosource.Application{Main: &gosource.Package{
		ImportPath: "example.com/app", Name: "main", Dir: dir, GoFiles: []string{"main.go"}, Module: module,
	}}
	app.Packages = []*gosource.Package{{
		ImportPath: "example.com/app/sub", Name: "sub", Dir: filepath.Join(dir, "sub"),
		GoFiles: []string{"a.go", "b.go", "c.go"}, Module: module,
	}, app.Main}
	_, err := Transform(app, Place{})
	wrong := new(SyntaxError)
	if !errors.As(err, &wrong) {
		t.Fatalf("error %v", err)
	}
	got := wrong.Text(filepath.Base)
	for _, want := range []string{
		"# example.com/app/sub\na.go:2:9: syntax error: ", "\nb.go:2:9: syntax error: ", ": too many errors\n# ",
		"example.com/app\nmain.go:2:9: syntax error: ",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("there is no %q in\n%s", want, got)
		}
	}
}
