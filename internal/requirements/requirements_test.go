package requirements_test

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

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
	for file, name := range map[string]string{"red-1.0": "red 1.0", "blue-2.0": "blue 2.0"} {
		content, err := os.ReadFile(filepath.Join(index, file+"-py3-none-any.whl"))
		if want := fmt.Sprintf("%x", sha256.Sum256(content)); err != nil || packages.SHA256[name] != want {
			t.Errorf("the SHA-256 of %s is %q, want %s", name, packages.SHA256[name], want)
		}
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

func TestPackagesOfTheRuntimeAreNamed(t *testing.T) {
	wheels(t, "boto3-1.0-py3-none-any")
	_, log, err := prepare(t, "Boto3==1.0\n", "python3.13", "amd64")
	if err != nil || !strings.Contains(log, "requirements.txt has boto3, which is in Lambda's python3.13 already") {
		t.Errorf("log %s, error %v", log, err)
	}
}
