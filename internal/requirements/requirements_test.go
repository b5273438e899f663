package requirements_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/requirements"
	"github.com/go-sparta/sparta/internal/testrequire"
)

// wheels makes an index of wheels: each of them has a module of the project's name.
func wheels(t *testing.T, names ...string) string {
	t.Helper()
	testrequire.Need(t, "python")
	dir := t.TempDir()
	for _, name := range names {
		parts := strings.SplitN(name, "-", 3)
		info := parts[0] + "-" + parts[1] + ".dist-info/"
		var content bytes.Buffer
		archive := zip.NewWriter(&content)
		for path, text := range map[string]string{
			parts[0] + "/__init__.py":    "version = '" + name + "'\n",
			parts[0] + "/tests/x.py":     "pass\n",
			info + "METADATA":            "Metadata-Version: 2.1\nName: " + parts[0] + "\nVersion: " + parts[1] + "\n",
			info + "WHEEL":               "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: " + parts[2] + "\n",
			info + "entry_points.txt":    "[console_scripts]\n" + parts[0] + " = " + parts[0] + ":main\n",
			info + "RECORD":              "",
			parts[0] + "/data/table.txt": "1\n",
		} {
			out, err := archive.Create(path)
			if err != nil {
				t.Fatal(err)
			}
			_, _ = io.WriteString(out, text)
		}
		if err := archive.Close(); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name+".whl"), content.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PIP_NO_INDEX", "1")
	t.Setenv("PIP_FIND_LINKS", dir)
	t.Setenv("PIP_TARGET", "/must/not/count")
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	return dir
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// prepare installs a requirements file of this content.
func prepare(t *testing.T, text, python, goarch string) (requirements.Packages, string, error) {
	t.Helper()
	dir := t.TempDir()
	write(t, filepath.Join(dir, "requirements.txt"), text)
	var log bytes.Buffer
	logger := logrus.New()
	logger.SetOutput(&log)
	packages, err := requirements.Prepare(t.Context(), requirements.Options{
		Dir: dir, File: "requirements.txt", Python: python, GOARCH: goarch, Cache: t.TempDir(), Log: logger,
	})
	return packages, log.String(), err
}

func filesOf(t *testing.T, dir string) []string {
	t.Helper()
	var names []string
	err := filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			name, _ := filepath.Rel(dir, path)
			names = append(names, filepath.ToSlash(name))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func TestInstalledPackages(t *testing.T) {
	index := wheels(t, "red-1.0-py3-none-any", "blue-2.0-py3-none-any")
	packages, log, err := prepare(t, "red==1.0  # a comment\nblue\\\n==2.0\n", "python3.13", "amd64")
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"blue/__init__.py", "blue/data/table.txt", "blue/tests/x.py", "blue-2.0.dist-info/METADATA",
		"blue-2.0.dist-info/WHEEL", "blue-2.0.dist-info/entry_points.txt",
		"red/__init__.py", "red/data/table.txt", "red/tests/x.py", "red-1.0.dist-info/METADATA",
		"red-1.0.dist-info/WHEEL", "red-1.0.dist-info/entry_points.txt",
	}
	slices.Sort(want)
	got := filesOf(t, packages.Dir())
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("installed %v\n     want %v", got, want)
	}
	if !slices.Equal(packages.Names, []string{"blue 2.0", "red 1.0"}) || !strings.Contains(log, "blue 2.0, red 1.0") {
		t.Errorf("names %q, log %s", packages.Names, log)
	}
	if packages.Digest == "" {
		t.Errorf("packages are %+v", packages)
	}

	// From now on, neither pip nor its index is needed.
	if err := os.RemoveAll(index); err != nil {
		t.Fatal(err)
	}
	path := os.Getenv("PATH")
	t.Setenv("PATH", t.TempDir())
	again, log, err := prepare(t, "red==1.0  # a comment\nblue\\\n==2.0\n", "python3.13", "amd64")
	if err != nil || again.Digest != packages.Digest || log != "" {
		t.Errorf("again: %+v, log %s, error %v", again, log, err)
	}
	t.Setenv("PATH", path)

	// What somebody has deleted from the cache is noticed.
	if err := os.Remove(filepath.Join(packages.Dir(), "red", "__init__.py")); err != nil {
		t.Fatal(err)
	}
	if _, _, err := prepare(t, "red==1.0  # a comment\nblue\\\n==2.0\n", "python3.13", "amd64"); err == nil {
		t.Error("an incomplete folder was used")
	}
}

func TestWheelsForLambda(t *testing.T) {
	wheels(t,
		"native-1.0-cp313-cp313-manylinux_2_17_x86_64.manylinux2014_x86_64",
		"native-1.0-cp313-cp313-manylinux_2_28_aarch64",
		"native-1.0-cp311-cp311-manylinux_2_28_x86_64",
		"native-0.9-cp311-cp311-manylinux1_x86_64",
		"native-2.0-cp313-cp313-manylinux_2_39_x86_64",
		"stable-1.0-cp38-abi3-manylinux_2_34_x86_64", "built-1.0-cp313-cp313-linux_x86_64",
		"new-1.0-py3-none-any", "old-1.0-py3-none-any",
	)
	for name, test := range map[string]struct {
		text, python, goarch string
		want                 []string
	}{
		"x86_64":                     {"native", "python3.13", "amd64", []string{"native 1.0"}},
		"arm64":                      {"native", "python3.13", "arm64", []string{"native 1.0"}},
		"glibc 2.26 of Amazon Linux": {"native", "python3.11", "amd64", []string{"native 0.9"}},
		"the stable ABI":             {"stable", "python3.12", "amd64", []string{"stable 1.0"}},
		"built in a container":       {"built", "python3.13", "amd64", []string{"built 1.0"}},
		"markers of the runtime": {
			"new; python_version >= '3.14'\nold; python_version < '3.14'\n", "python3.14", "amd64", []string{"new 1.0"},
		},
		"markers of the system": {
			"new; platform_machine == 'aarch64' and sys_platform == 'linux'\nold; platform_machine == 'x86_64'\n",
			"python3.13", "arm64",
			[]string{"new 1.0"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			packages, _, err := prepare(t, test.text, test.python, test.goarch)
			if err != nil || !slices.Equal(packages.Names, test.want) {
				t.Errorf("got %v (error %v), want %v", packages.Names, err, test.want)
			}
		})
	}
}

func TestRefusedRequirements(t *testing.T) {
	index := wheels(t, "native-1.0-cp313-cp313-macosx_11_0_arm64", "red-1.0-py3-none-any", "red-2.0-py3-none-any")
	hash := " --hash=sha256:" + strings.Repeat("0", 64)
	for name, test := range map[string]struct{ text, want string }{
		"no wheel for Lambda": {"native==1.0\n", "native==1.0 has no wheel for python3.13, x86_64, glibc 2.34"},
		"no such version":     {"red==3.0\n", "these versions have one: 1.0, 2.0: choose another version or runtime"},
		"a wrong hash":        {"red==1.0" + hash + "\n", "does not have the hash"},
		"a hash is missing":   {"--require-hashes\nred==1.0\n", "write the whole file with pip-compile"},
		"a contradiction":     {"red==1.0\nred==2.0\n", "requirements"},
		"no requirement":      {"# none\n\n", "it has no requirement: add one"},
		"not a requirement":   {"red==1.0\n=== red\n", `line 2 of requirements.txt: "=== red"`},
		"a wrong version":     {"red=1\n", "write, for example, jmespath==1.1.0"},
		"a binary file":       {"\x00\x01", "requirements.txt is not a text file"},
		"a folder":            {"red\n./\n", "line 2 of requirements.txt: ./ is a folder"},
		"a folder's URL":      {"x @ file://" + index + "\n", " is a folder, whose changes nobody would notice"},
		"an editable folder":  {"-e .\n", "put Python code of your own into the folder of SPARTA_PYTHON_DIR"},
		"a repository":        {"x @ git+https://example.com/x\n", "a repository has no wheel for Lambda"},
		"an editable repository": {
			"-e git+https://example.com/x@main#egg=x\n", "a repository has no wheel for Lambda",
		},
		"sources":          {"--no-binary red\nred\n", "--no-binary would compile a package for this machine"},
		"an archive":       {"./requirements.txt\n", "requirements.txt is not a wheel (*.whl), and pip would compile it"},
		"an archive's URL": {"x[y]@https://example.com/x-1.tar.gz\n", "x-1.tar.gz is not a wheel (*.whl)"},
		"a missing archive": {
			"x-1.0.tar.gz\n", "no such file or directory: correct the path, which is relative to the folder of",
		},
		"a missing wheel":         {"./x.whl[extra]\n", "x.whl: no such file or directory: correct the path"},
		"a missing file":          {"-r more.txt\n", "more.txt: create it, or correct the path, which is relative to this"},
		"a missing quoted file":   {"-r 'more of it.txt' \n", "/more of it.txt: create it, or correct the path"},
		"a folder of files":       {"-r .\n", "is a directory: name a file with a requirement on each line"},
		"a file elsewhere":        {"-r https://example.com/x.txt\n", "download it, and name the copy"},
		"after a comment with \\": {"# red \\\n-e .\n", "line 2 of requirements.txt: . is a folder"},
		"nothing but a \\":        {"\\\n", "it has no requirement"},
		"a wheel of another system": {
			filepath.Join(index, "native-1.0-cp313-cp313-macosx_11_0_arm64.whl") + "\n",
			"macosx_11_0_arm64.whl is not a wheel for python3.13, x86_64, glibc 2.34: download or build",
		},
		"nothing applies": {"red; python_version < '3'\n", "no requirement applies to python3.13"},
	} {
		t.Run(name, func(t *testing.T) {
			_, _, err := prepare(t, test.text, "python3.13", "amd64")
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error is %v\n    want %s", err, test.want)
			}
			left, err := filepath.Glob(filepath.Join(cacheFolder(), ".*"))
			if err != nil || len(left) > 0 {
				t.Errorf("%v are left (error %v)", left, err)
			}
		})
	}
}

func TestNoPip(t *testing.T) {
	wheels(t)
	for name, test := range map[string]struct {
		scripts map[string]string
		want    string
	}{
		"no Python":            {nil, "no Python with pip is on PATH: install it (Debian: apt-get install python3-pip"},
		"a Python without pip": {map[string]string{"python3": "echo no module pip; exit 1"}, "no module pip"},
		"no network": {
			map[string]string{"python3": `[ $# = 2 ] || { echo "NewConnectionError: no route"; exit 1; }`},
			"pip cannot reach the package index",
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			for script, text := range test.scripts {
				path := filepath.Join(dir, script)
				if err := os.WriteFile(path, []byte("#!/bin/sh\n"+text+"\n"), 0o755); err != nil {
					t.Fatal(err)
				}
			}
			t.Setenv("PATH", dir)
			_, _, err := prepare(t, "red\n", "python3.13", "amd64")
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error is %v\n    want %s", err, test.want)
			}
		})
	}
}

func TestPackagesOfTheRuntimeAreNamed(t *testing.T) {
	wheels(t, "boto3-1.0-py3-none-any")
	_, log, err := prepare(t, "Boto3==1.0\n", "python3.13", "amd64")
	if err != nil || !strings.Contains(log, "requirements.txt has boto3, which is in Lambda's python3.13 already") {
		t.Errorf("log %s, error %v", log, err)
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
		!strings.Contains(err.Error(), "the function with its layer of Python packages is too large for Lambda: 250.1 MB "+
			"unzipped, the limit is 250 MB. Largest: the function's own files 250 MB, ") {
		t.Errorf("error is %v", err)
	}
}

func cacheFolder() string {
	return filepath.Join(os.Getenv("XDG_CACHE_HOME"), "sparta", "requirements")
}

func silent() *logrus.Logger {
	logger := logrus.New()
	logger.SetOutput(io.Discard)
	return logger
}
