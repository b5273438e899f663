package rebuild

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/spartamage"
)

func TestWhatIsWatched(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{
		"go.mod", "main.go", "page/page.go", "page/a.html", "static/x/a.css", "data/a.json", "conf.json",
	} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	in := func(names ...string) []string {
		var paths []string
		for _, name := range names {
			paths = append(paths, filepath.Join(dir, filepath.FromSlash(name)))
		}
		return paths
	}
	set := setOf(spartamage.LocalBuild{
		Inputs:   in("main.go"),
		Embedded: in("page/a.html", "static/x/a.css"),
		Roots:    []string{dir},
		Options: spartamage.BuildOptions{
			Dir: dir, PythonDir: "python", Requirements: "requirements.txt",
			Include: []string{"data", "conf.json=etc/conf.json", "docs/*.md", "a/*/b.txt", "later.json=x"},
		},
	})
	for field, test := range map[string]struct{ got, want []string }{
		"Roots": {set.Roots, []string{dir}},
		"Files": {set.Files, in(
			"main.go", "requirements.txt", "conf.json=etc/conf.json", "conf.json", "later.json=x", "later.json",
		)},
		"Folders": {set.Folders, in("magefiles", "python", "data", "a", "a", "static/x")},
		"Beside":  {set.Beside, in("docs", "docs", "page")},
	} {
		for i := range test.got {
			test.got[i] = strings.TrimSuffix(test.got[i], string(filepath.Separator))
		}
		if !reflect.DeepEqual(test.got, test.want) {
			t.Errorf("%s: got %q, want %q", field, test.got, test.want)
		}
	}
}
