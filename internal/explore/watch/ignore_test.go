package watch

import (
	"os"
	"path/filepath"
	"testing"
)

func TestGitignore(t *testing.T) {
	for name, test := range map[string]struct {
		lines   string // of .gitignore in the folder /r
		ignored []string
		kept    []string
	}{
		"a name, anywhere":           {"build", []string{"build", "a/build"}, []string{"builds", "a/xbuild"}},
		"a name with a wildcard":     {"*.log", []string{"x.log", "a/b/y.log"}, []string{"x.logs"}},
		"a path":                     {"a/b", []string{"a/b"}, []string{"c/a/b", "b"}},
		"a name in the same folder":  {"/out", []string{"out"}, []string{"a/out"}},
		"folders only":               {"tmp/", []string{"tmp/", "a/tmp/"}, []string{"tmp"}},
		"an exception":               {"*.go\n!main.go", []string{"x.go"}, []string{"main.go", "a/main.go"}},
		"an exception, overridden":   {"!x.go\n*.go", []string{"x.go"}, nil},
		"any folders between":        {"a/**/z", []string{"a/z", "a/b/z", "a/b/c/z"}, []string{"z", "b/a/z"}},
		"everything in a folder":     {"a/**", []string{"a/b", "a/b/c"}, []string{"a"}},
		"one character and a range":  {"?[0-9].txt", []string{"a1.txt"}, []string{"ab.txt", "a12.txt"}},
		"a negated range":            {"[!a].txt", []string{"b.txt"}, []string{"a.txt"}},
		"a comment and empty lines":  {"# main.go\n\n  \n", nil, []string{"main.go", "# main.go"}},
		"an escaped character":       {`\#x`, []string{"#x"}, []string{"x"}},
		"Windows's ends of lines":    {"a.go\r\nb.go\r\n", []string{"a.go", "b.go"}, nil},
		"spaces at the end":          {"a.go  ", []string{"a.go"}, nil},
		"a pattern that is invalid":  {"[", nil, []string{"[", "a"}},
		"a wildcard spans no slash":  {"/a*z", []string{"abz"}, []string{"ab/cz"}},
		"a lone slash means nothing": {"/", nil, []string{"a", "a/"}},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			must(t, os.WriteFile(filepath.Join(dir, ".gitignore"), []byte(test.lines), 0o644))
			found := rules(nil).in(dir)
			for want, paths := range map[bool][]string{true: test.ignored, false: test.kept} {
				for _, path := range paths {
					folder := path[len(path)-1] == '/'
					if got := found.ignore(filepath.Join(dir, filepath.FromSlash(path)), folder); got != want {
						t.Errorf("%s is ignored: %t, want %t", path, got, want)
					}
				}
			}
		})
	}
}

// The files of folders above count up to the root of the repository, and those of a folder itself come last.
func TestGitignoreOfFoldersAbove(t *testing.T) {
	dir := t.TempDir()
	tree(t, dir, map[string]string{
		".gitignore": "outside.go", "repository/.git/HEAD": "", "repository/.gitignore": "*.go\n",
		"repository/a/b/": "", "repository/a/.gitignore": "!kept.go\n",
	})
	found := above(filepath.Join(dir, "repository/a/b"))
	for path, want := range map[string]bool{"x.go": true, "kept.go": false, "outside.txt": false} {
		if got := found.ignore(filepath.Join(dir, "repository/a/b", path), false); got != want {
			t.Errorf("%s is ignored: %t, want %t", path, got, want)
		}
	}
	if found := above(filepath.Join(dir, "elsewhere")); found != nil {
		t.Errorf("outside a repository there are rules: %+v", found)
	}
}
