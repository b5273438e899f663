package gosource

import "testing"

func TestWhatIsEmbeddedIsNotStale(t *testing.T) {
	const start = "package main\n\nimport \"embed\"\n\nvar _ embed.FS\n\nfunc main() {}\n\n"
	embed := func(pattern string) string { return start + "//go:embed " + pattern + "\nvar files embed.FS\n" }
	for name, test := range map[string]stale{
		"a file in another folder that a pattern matches": {
			files: map[string]string{"main.go": embed("*/x"), "a/x": "1", "b/y": "1"},
			write: map[string]string{"b/x": "1"},
		},
		"a folder that a pattern matches": {
			files: map[string]string{"main.go": embed("d*"), "d1/x": "1"},
			write: map[string]string{"d2/x": "1"},
		},
		"a hidden file": {
			files: map[string]string{"main.go": embed("all:d*"), "d1/x": "1"},
			write: map[string]string{"d1/_x": "1"},
		},
		"a folder whose name has a space": {
			files: map[string]string{"main.go": embed("\"d 1/x*\""), "d 1/x": "1"},
			write: map[string]string{"d 1/xy": "1"},
		},
		"a file that becomes a link": {
			files:  map[string]string{"main.go": embed("a"), "a": "1", "b": "1"},
			remove: "a", link: [2]string{"a", "b"},
		},
		"a file that becomes a folder": {
			files:  map[string]string{"main.go": embed("a"), "a": "1"},
			remove: "a", write: map[string]string{"a/b": "1"},
		},
		"a line that is no longer in a comment": {
			files: map[string]string{"main.go": start + "/*\n//go:embed a\nvar a string\n*/\n", "a": "1"},
			write: map[string]string{"main.go": start + "//go:embed a\nvar a string\n"},
		},
	} {
		t.Run(name, test.check)
	}
}
