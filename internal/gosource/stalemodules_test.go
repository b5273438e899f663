package gosource

import "testing"

func TestModulesAreNotStale(t *testing.T) {
	const uses = "package main\n\nimport _ \"y\"\n\nfunc main() {}\n"
	const requires = "module x\n\ngo 1.24\n\nrequire y v0.0.0\n"
	for name, test := range map[string]stale{
		"a folder vendor without modules.txt": {
			files: map[string]string{
				"go.mod": requires + "replace y => ./y\n", "y/go.mod": "module y\n", "y/y.go": "package y\n",
				"main.go": uses,
			},
			write: map[string]string{"vendor/README": ""},
		},
		"a vendor folder that is removed": {
			files: map[string]string{
				"go.mod": requires + "replace y => ./y\n", "y/go.mod": "module y\n", "y/y.go": "package y\n",
				"main.go":            uses,
				"vendor/modules.txt": "# y v0.0.0 => ./y\n## explicit\ny\n# y => ./y\n", "vendor/y/y.go": "package y\n",
			},
			remove: "vendor",
		},
		"a package that two modules have": {
			files: map[string]string{
				"go.mod":       "module x\n\ngo 1.24\n\nrequire x/y v0.0.0\n\nreplace x/y => ./other\n",
				"other/go.mod": "module x/y\n", "other/y.go": "package y\n",
				"main.go": "package main\n\nimport _ \"x/y\"\n\nfunc main() {}\n",
			},
			write: map[string]string{"y/y.go": "package y\n"},
		},
		"a folder that becomes another module": {
			files: map[string]string{
				"main.go": "package main\n\nimport _ \"x/a/b\"\n\nfunc main() {}\n", "a/b/b.go": "package b\n",
			},
			write: map[string]string{"a/go.mod": "module z\n"},
		},
		"a workspace's folder without a dot": {
			files: map[string]string{
				"go.work":      "go 1.24\n\nuse (\n\t.\n\tother\n)\n",
				"other/go.mod": "module other\n\ngo 1.24\n", "other/o.go": "package other\n",
			},
			write: map[string]string{"other/go.mod": "module other\n\ngo 1.99\n"},
		},
		"a module that another one of the workspace replaces": {
			files: map[string]string{
				"go.work":      "go 1.24\n\nuse (\n\t.\n\t./other\n)\n",
				"other/go.mod": "module other\n\ngo 1.24\n\nrequire z v0.0.0\n\nreplace z => ../z\n",
				"other/o.go":   "package other\n", "z/go.mod": "module z\n\ngo 1.24\n",
				"y/go.mod": "module y\n", "y/y.go": "package y\n", "go.mod": requires + "replace y => ./y\n",
				"main.go": uses,
			},
			write: map[string]string{"z/go.mod": "module z\n\ngo 1.24\n\nrequire y v0.1.0\n"},
		},
		"an unused module in a folder whose name has a space": {
			files: map[string]string{
				"go.mod": "module x\n\ngo 1.16\n\nrequire y v0.0.0\nrequire z v0.0.0\n\n" +
					"replace y => ./y\nreplace z => \"./my z\"\n",
				"my z/go.mod": "module z\n\ngo 1.16\n", "y/go.mod": "module y\n", "y/y.go": "package y\n",
				"main.go": uses,
			},
			write: map[string]string{"my z/go.mod": "module z\n\ngo 1.16\n\nrequire y v0.1.0\n"},
		},
		"an empty overlay that gets a file": {
			files:   map[string]string{"o.json": "{}", "other": uses, "y/y.go": "package y\n"},
			goflags: "-overlay=o.json",
			write:   map[string]string{"o.json": `{"Replace": {"main.go": "other"}}`},
		},
		"a pattern that matches another package": {
			pkg: "./cmd/...", files: map[string]string{"cmd/a/main.go": emptyMain},
			write: map[string]string{"cmd/b/main.go": emptyMain},
		},
		"the module of a single file": {
			pkg: "cmd/a/main.go", files: map[string]string{"cmd/a/main.go": emptyMain},
			write: map[string]string{"cmd/go.mod": "module y\n"},
		},
	} {
		t.Run(name, test.check)
	}
}
