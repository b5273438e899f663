package requirements

import (
	"bytes"
	"context"
	_ "embed"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/go-sparta/sparta/internal/interpreter"
	"github.com/go-sparta/sparta/internal/process"
)

// runPip runs pip with the markers of another system, which pip itself does not do for --platform.
//
//go:embed runpip.py
var runPip string

// install installs the packages in a folder, and writes the sums of their wheels to a file.
func install(ctx context.Context, folder, sums string, wanted list, to target) error {
	python, err := to.findPip(ctx)
	if err != nil {
		return err
	}
	args := append([]string{"-c", runPip, to.markers(), sums, "install"}, to.arguments(folder, wanted.path)...)
	cmd := process.Command(ctx, python, args...)
	cmd.Dir = filepath.Dir(wanted.path) // which paths of wheels are relative to
	cmd.Env = variables(os.Environ())
	var output bytes.Buffer
	cmd.Stdout, cmd.Stderr = &output, &output
	err = process.Explain(ctx, cmd.Run())
	switch {
	case err == nil, process.IsInterrupted(err):
		return err
	case ctx.Err() != nil:
		return context.Cause(ctx)
	}
	return failure(output.String(), to, err)
}

// arguments are those of pip install.
func (t target) arguments(folder, path string) []string {
	args := []string{
		"--target=" + folder, "--requirement=" + path, "--only-binary=:all:", "--no-compile", "--no-input",
		"--disable-pip-version-check", "--no-color", "--progress-bar=off", "--no-warn-conflicts",
	}
	if t.local != nil {
		return args
	}
	args = append(args, "--implementation=cp", "--python-version="+t.python,
		"--abi=cp"+strings.ReplaceAll(t.python, ".", ""))
	for _, platform := range t.platforms() {
		args = append(args, "--platform="+platform)
	}
	return args
}

// oldestGlibc is that of the oldest platform with a name of this kind (PEP 600), which is manylinux2014's.
const oldestGlibc = 17

// platforms are the platforms of wheels that Lambda can load, the best first. The older names are those of glibc 2.17
// and, on x86_64 only, 2.12 and 2.5, which pip adds. The last one is that of wheels which users build in a container.
func (t target) platforms() []string {
	minor, _ := strconv.Atoi(strings.TrimPrefix(t.glibc, "2."))
	var platforms []string
	for ; minor >= oldestGlibc; minor-- {
		platforms = append(platforms, fmt.Sprintf("manylinux_2_%d_%s", minor, t.machine))
	}
	platforms = append(platforms, "manylinux2014_"+t.machine)
	if t.machine == "x86_64" {
		platforms = append(platforms, "manylinux_2_12_x86_64", "manylinux_2_5_x86_64")
	}
	return append(platforms, "linux_"+t.machine)
}

// markers are the values of environment markers (PEP 508) for Lambda's system, as an argument of runpip.py.
func (t target) markers() string {
	if t.local != nil {
		return "{}"
	}
	return fmt.Sprintf(`{"implementation_name": "cpython", "implementation_version": "%[1]s.0", "os_name": "posix", `+
		`"platform_machine": "%[2]s", "platform_system": "Linux", "python_full_version": "%[1]s.0", `+
		`"platform_python_implementation": "CPython", "python_version": "%[1]s", "sys_platform": "linux"}`,
		t.python, t.machine)
}

// hasPip fails without pip. The working directory may have a pip.py.
const hasPip = `import sys
sys.path[:] = [folder for folder in sys.path if folder]
import pip`

// findPip returns the interpreter that runs pip: for local runs, the one that will import the packages.
func (t target) findPip(ctx context.Context) (string, error) {
	if t.local != nil {
		return havePip(ctx, t.python, t.local.Path)
	}
	return FindPip(ctx, t.python)
}

// FindPip returns an interpreter that has pip, preferably one of the version, such as 3.13 or python3.13.
func FindPip(ctx context.Context, version string) (string, error) {
	version = strings.TrimPrefix(version, "python")
	return havePip(ctx, version, "python"+version, "python3", "python")
}

// havePip returns the first of the interpreters that has pip.
func havePip(ctx context.Context, version string, names ...string) (string, error) {
	var causes []string
	for _, name := range names {
		path, err := exec.LookPath(name)
		if err != nil {
			continue
		}
		cmd := exec.CommandContext(ctx, path, "-c", hasPip)
		cmd.Env = variables(os.Environ())
		output, err := cmd.CombinedOutput()
		switch {
		case err == nil:
			return path, nil
		case ctx.Err() != nil:
			return "", context.Cause(ctx)
		}
		causes = append(causes, path+": "+lastLine(string(output)))
	}
	const next = "install it (Debian: apt-get install python3-pip; others: python3 -m ensurepip)"
	if len(causes) == 0 {
		_, err := interpreter.Find(ctx, version)
		return "", fmt.Errorf("no Python with pip is on PATH: %s: %w", next, err)
	}
	return "", fmt.Errorf("no Python has pip: %s: %s", next, strings.Join(causes, ", "))
}

// variables returns the environment for pip, without settings that contradict the arguments. Indexes, certificates,
// proxies and the like are the user's.
func variables(environ []string) []string {
	kept := slices.DeleteFunc(slices.Clone(environ), func(variable string) bool {
		name, _, _ := strings.Cut(variable, "=")
		return slices.Contains(contradicting, name)
	})
	kept = append(kept, "PIP_USER=0", "PIP_REQUIRE_VIRTUALENV=0", "PYTHONIOENCODING=utf-8", "LC_ALL=C.UTF-8")
	if _, ok := os.LookupEnv("PIP_RETRIES"); !ok {
		kept = append(kept, "PIP_RETRIES=2")
	}
	return kept
}

var contradicting = []string{
	"PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_PLATFORM", "PIP_PYTHON_VERSION", "PIP_ABI", "PIP_IMPLEMENTATION",
	"PIP_NO_BINARY", "PIP_ONLY_BINARY", "PIP_REQUIREMENT", "PIP_EDITABLE", "PIP_UPGRADE", "PIP_DRY_RUN", "PIP_REPORT",
	"PIP_COMPILE", "PIP_NO_DEPS", "PIP_QUIET", "PIP_VERBOSE", "PIP_LOG", "PYTHONPATH", "PYTHONHOME",
}
