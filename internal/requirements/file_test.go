package requirements_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/requirements"
)

func TestIncludedFiles(t *testing.T) {
	index := wheels(t, "red-1.0-py3-none-any", "blue-2.0-py3-none-any", "my_green-1.0-py3-none-any")
	for name, test := range map[string]struct {
		files map[string]string
		want  []string
	}{
		"a wheel is relative to the first file": {
			map[string]string{
				"requirements.txt": "-r sub/more.txt\n",
				"sub/more.txt":     "./red-1.0-py3-none-any.whl\n",
			},
			[]string{"red 1.0"},
		},
		"a file is relative to the one that names it": {
			map[string]string{
				"requirements.txt": "--requirement=sub/more.txt\n", "sub/more.txt": "-r 'other file.txt'\n",
				"sub/other file.txt": "blue",
			},
			[]string{"blue 2.0"},
		},
		"a file of limits may have requirements, too": {
			map[string]string{"requirements.txt": "-c sub/more.txt\n-r sub/more.txt\n", "sub/more.txt": "red==1.0\n"},
			[]string{"red 1.0"},
		},
		"a backslash at the end": {
			map[string]string{"requirements.txt": "# blue \\\r\nred\\\r\n==1.0 \\"},
			[]string{"red 1.0"},
		},
		"the URL of a file": {
			map[string]string{"requirements.txt": "my.green[x] @ file://" + index + "/my_green-1.0-py3-none-any.whl"},
			[]string{"my_green 1.0"},
		},
		"UTF-16": {
			map[string]string{"requirements.txt": "\xff\xfer\x00e\x00d\x00\r\x00\n\x00"},
			[]string{"red 1.0"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.Mkdir(filepath.Join(dir, "sub"), 0o755); err != nil {
				t.Fatal(err)
			}
			for path, text := range test.files {
				write(t, filepath.Join(dir, path), text)
			}
			addWheel(t, dir, "red-1.0-py3-none-any", nil)
			packages, err := requirements.Prepare(t.Context(), requirements.Options{
				Dir: dir, File: "requirements.txt", Python: "python3.13", GOARCH: "amd64", Log: silent(),
			})
			if err != nil || !slices.Equal(packages.Names, test.want) {
				t.Errorf("got %v (error %v), want %v", packages.Names, err, test.want)
			}
		})
	}
}

func TestTheCacheDependsOnEveryFile(t *testing.T) {
	index := wheels(t, "red-1.0-py3-none-any", "red-2.0-py3-none-any")
	dir := t.TempDir()
	write(t, filepath.Join(dir, "requirements.txt"), "-c limits.txt\nred\n")
	write(t, filepath.Join(dir, "only.txt"), "-c limits.txt\n")
	digests := map[string]bool{}
	for _, limit := range []string{"red<2\n", "red>1\n"} {
		write(t, filepath.Join(dir, "limits.txt"), limit)
		packages, err := requirements.Prepare(t.Context(), requirements.Options{
			Dir: dir, File: "requirements.txt", Python: "python3.13", GOARCH: "amd64", Log: silent(),
		})
		if err != nil {
			t.Fatal(err)
		}
		digests[packages.Digest] = true
	}
	if _, err := requirements.Prepare(t.Context(), requirements.Options{
		Dir: dir, File: "only.txt", Python: "python3.13", GOARCH: "amd64", Log: silent(),
	}); err == nil || !strings.Contains(err.Error(), "it has no requirement") {
		t.Errorf("with constraints only, the error is %v", err)
	}
	write(t, filepath.Join(dir, "requirements.txt"), filepath.Join(index, "red-1.0-py3-none-any.whl")+"\n")
	if _, err := requirements.Prepare(t.Context(), requirements.Options{
		Dir: dir, File: "requirements.txt", Python: "python3.13", GOARCH: "amd64", Log: silent(),
	}); err != nil {
		t.Error(fmt.Errorf("a wheel's file: %w", err))
	}
	if len(digests) != 2 {
		t.Errorf("the constraints make no difference: %v", slices.Sorted(maps.Keys(digests)))
	}
}

func TestAChangedWheelIsInstalledAgain(t *testing.T) {
	wheels(t)
	dir := t.TempDir()
	write(t, filepath.Join(dir, "requirements.txt"), "red @ file://"+dir+"/red-1.0-py3-none-any.whl\n")
	digests := map[string]bool{}
	for _, text := range []string{"1", "2"} {
		addWheel(t, dir, "red-1.0-py3-none-any", map[string]string{"red/__init__.py": text})
		packages, err := requirements.Prepare(t.Context(), requirements.Options{
			Dir: dir, File: "requirements.txt", Python: "python3.13", GOARCH: "amd64", Log: silent(),
		})
		if err != nil {
			t.Fatal(err)
		}
		digests[packages.Digest] = true
	}
	if len(digests) != 2 {
		t.Error("a change of the wheel makes no difference")
	}
}
