package gosource

import "testing"

// The go command reads the beginnings of a package's tests as well, and refuses the package for what it finds there.
func TestTestsAreNotStale(t *testing.T) {
	for name, content := range map[string]string{
		"of another package":      "package other\n",
		"with a syntax error":     "package main\n\nimport (\n",
		"with a wrong constraint": "//go:build (\n\npackage main\n",
		"with C":                  "package main\n\nimport \"C\"\n",
		"without code":            "",
	} {
		t.Run(name, func(t *testing.T) {
			stale{
				files: map[string]string{"a_test.go": "package main\n"},
				write: map[string]string{"a_test.go": content},
			}.check(t)
		})
	}
}
