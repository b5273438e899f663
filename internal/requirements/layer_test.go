package requirements_test

import (
	"archive/zip"
	"strings"
	"testing"
)

func TestFilesOfTwoPackages(t *testing.T) {
	index := wheels(t)
	for name, test := range map[string]struct{ red, blue, want string }{
		"different files": {"a", "b", "requirements.txt: blue-2.0 and red-1.0 both have a file shared.py, with"},
		"the same file":   {"a", "a", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("XDG_CACHE_HOME", t.TempDir())
			for project, text := range map[string]string{"red-1.0": test.red, "blue-2.0": test.blue} {
				addWheel(t, index, project+"-py3-none-any", map[string]string{
					"shared.py":                   text,
					project + ".dist-info/RECORD": "shared.py,sha256=" + text + ",1\n",
				})
			}
			_, log, err := prepare(t, "red\nblue\n", "python3.13", "amd64")
			warned := test.want != ""
			if err != nil || !strings.Contains(log, test.want) || strings.Contains(log, "shared.py") != warned {
				t.Errorf("log %s, error %v, want %s", log, err, test.want)
			}
		})
	}
}

func TestLayer(t *testing.T) {
	wheels(t, "red-1.0-py3-none-any")
	packages, _, err := prepare(t, "red\n", "python3.13", "amd64")
	if err != nil {
		t.Fatal(err)
	}
	path, err := packages.Layer(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := packages.Layer(t.Context(), 0); err != nil || again != path {
		t.Errorf("again, the layer is %s (error %v), not %s", again, err, path)
	}
	reader, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	if _, err := reader.Open("python/red/__init__.py"); err != nil {
		t.Error(err)
	}
	if _, err := packages.Layer(t.Context(), 250<<20); err == nil ||
		!strings.Contains(err.Error(), "the function with its layer of Python packages is too large for Lambda: "+
			"250.1 MB unzipped, the limit is 250 MB. Largest: the function's own files 250 MB, ") {
		t.Errorf("error is %v", err)
	}
}
