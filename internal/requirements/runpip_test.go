package requirements_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/go-sparta/sparta/internal/testfiles"
	"github.com/go-sparta/sparta/internal/testrequire"
)

// TestSumsOfWheels runs stand-ins for versions of pip, which differ in when they import the function that installs a
// wheel.
func TestSumsOfWheels(t *testing.T) {
	testrequire.Need(t, "python")
	const load = "from pip._internal.operations.install.wheel import install_wheel\n"
	for name, c := range map[string]struct{ requirement, sums string }{
		"imported when pip starts": {
			load + "def install(path): install_wheel('red', path)\n",
			"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad red-1.0.whl\n", // of "abc"
		},
		"imported when pip installs a wheel": {
			"def install(path):\n    " + load + "    install_wheel('red', path)\n",
			"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad red-1.0.whl\n",
		},
		"another function": {"def install(path): print('red')\n", ""},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			testfiles.Write(t, dir, map[string]string{
				"red-1.0.whl":     "abc",
				"pip/__init__.py": "",
				"pip/__main__.py": `import sys
from pip._internal.req.req_install import install
install(sys.argv[1])
`,
				"pip/_internal/__init__.py":                    "",
				"pip/_internal/req/__init__.py":                "",
				"pip/_internal/req/req_install.py":             c.requirement,
				"pip/_internal/operations/__init__.py":         "",
				"pip/_internal/operations/install/__init__.py": "",
				"pip/_internal/operations/install/wheel.py":    "def install_wheel(name, wheel_path): print(name)\n",
			})
			script, err := os.ReadFile("runpip.py")
			if err != nil {
				t.Fatal(err)
			}
			sums := filepath.Join(dir, "sums")
			pip := exec.CommandContext(t.Context(), "python3", "-B", "-c", string(script), "{}", sums,
				filepath.Join(dir, "red-1.0.whl"))
			pip.Env = append(os.Environ(), "PYTHONPATH="+dir)
			if out, err := pip.CombinedOutput(); err != nil || string(out) != "red\n" {
				t.Fatalf("pip: %v, %s", err, out)
			}
			if got, err := os.ReadFile(sums); string(got) != c.sums || (err != nil) != (c.sums == "") {
				t.Errorf("the sums are %q, want %q, error %v", got, c.sums, err)
			}
		})
	}
}
