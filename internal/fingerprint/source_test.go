package fingerprint

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/gosource"
	"github.com/go-sparta/sparta/internal/stage"
)

// module writes a module to a folder, and returns the inputs of a package that is built from it.
func module(t *testing.T, files map[string]string) Inputs {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	own := &gosource.Module{Path: "example.com/app", Dir: dir, Main: true}
	main := &gosource.Package{
		ImportPath: "example.com/app", Dir: dir, Module: own, GoFiles: []string{"main.go"},
		EmbedFiles: []string{"data/motto.txt"},
	}
	cache := filepath.Join(dir, "cache")
	return Inputs{
		Env: gosource.Environment{GOMOD: filepath.Join(dir, "go.mod")},
		App: &gosource.Application{Main: main, ModCache: cache, Packages: []*gosource.Package{main, {
			ImportPath: "example.com/kept", Dir: filepath.Join(cache, "kept"), GoFiles: []string{"kept.go"},
		}}},
		Extras: []stage.Extra{
			{Source: filepath.Join(dir, "extra"), Target: "conf/extra"},
			{Source: filepath.Join(dir, "none"), Target: "jmespath.py", Known: true},
		},
		Packages: "digest",
	}
}

func TestSourcesAreTheSameEverywhere(t *testing.T) {
	files := map[string]string{
		"main.go": "package main\n", "data/motto.txt": "small", "go.mod": "module example.com/app\n", "extra": "1",
	}
	first, err := ReadSources(t.Context(), module(t, files))
	if err != nil {
		t.Fatal(err)
	}
	elsewhere := module(t, files)
	elsewhere.OnHost, elsewhere.Settings = true, "others"
	second, err := ReadSources(t.Context(), elsewhere)
	if err != nil || second.Sum() != first.Sum() || !strings.HasPrefix(first.Sum(), "blake2b-256:") {
		t.Errorf("in another folder, the sources are %v, %v, want %v", second, err, first)
	}
	for name, want := range map[string]string{
		"main.go": "example.com/app/main.go", "data/motto.txt": "example.com/app/data/motto.txt",
		"go.mod": "example.com/app/go.mod", "extra": "in the package: conf/extra",
	} {
		changed := map[string]string{name: files[name] + "\n"}
		for other, content := range files {
			if other != name {
				changed[other] = content
			}
		}
		third, err := ReadSources(t.Context(), module(t, changed))
		if err != nil || third.Sum() == first.Sum() {
			t.Errorf("%s: the sum is the same, or %v", name, err)
		}
		if got := first.Changes(third); !slices.Equal(got, []string{want}) {
			t.Errorf("%s: the changes are %q, want %q", name, got, want)
		}
	}
	fewer := module(t, files)
	fewer.Packages, fewer.Extras = "", nil
	fourth, err := ReadSources(t.Context(), fewer)
	want := []string{"Python packages", "in the package: conf/extra"}
	if got := first.Changes(fourth); err != nil || !slices.Equal(got, want) {
		t.Errorf("without further files, the changes are %q, %v", got, err)
	}
}
