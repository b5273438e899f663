// Package testrequire skips tests whose tools a machine lacks. SPARTA_TEST_REQUIRE turns such skips into
// failures: with SPARTA_TEST_REQUIRE=docker,python, for example, CI makes sure that tests use what it has
// installed.
package testrequire

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// probeTimeout limits each check of the machine: an engine that hangs counts as missing.
const probeTimeout = 20 * time.Second

// Need skips t unless this machine has everything named: "docker" (a container engine that answers and has the
// image of this Go version), "gcc" (the C compiler of CC, or gcc), "python" (python3), "awslambdaric" (AWS's
// own runtime client for python3), "aws" (moto, the stand-in for AWS, cfn-lint and the AWS CLI), "chromium" (a
// browser), "gdb" and "dlv" (debuggers), "valgrind", "cyclonedx" (a validator of bills of materials) or "modules" (old
// versions of aws-lambda-go in the module cache). If something that SPARTA_TEST_REQUIRE lists, separated by commas, is
// missing, Need fails t instead. `go tool mage test` installs Python packages and module versions.
func Need(t testing.TB, what ...string) {
	t.Helper()
	for _, name := range what {
		err := probe(name)
		if errors.Is(err, errUnknown) {
			t.Fatalf("testrequire: %v", err)
		}
		if err != nil {
			Lack(t, name, err)
		}
	}
}

// Lack skips t because this machine lacks something, or fails t if SPARTA_TEST_REQUIRE lists that.
func Lack(t testing.TB, name string, reason error) {
	t.Helper()
	required := strings.FieldsFunc(os.Getenv("SPARTA_TEST_REQUIRE"), func(r rune) bool {
		return r == ',' || r == ' '
	})
	if slices.Contains(required, name) {
		t.Fatalf("this machine has no %s, which SPARTA_TEST_REQUIRE requires: %v", name, reason)
	}
	t.Skipf("this machine has no %s: %v", name, reason)
}

var errUnknown = errors.New("unknown requirement")

func probe(name string) error {
	switch name {
	case "docker":
		return run(engine(), "image", "inspect", "--format", "{{.Id}}", image())
	case "gcc":
		cc := strings.Fields(os.Getenv("CC"))
		if len(cc) == 0 {
			cc = []string{"gcc"}
		}
		return run(cc[0], append(cc[1:], "--version")...)
	case "python":
		return run("python3", "-c", "import sys; sys.exit(sys.version_info < (3, 6))")
	case "awslambdaric":
		return run("python3", "-c", "import awslambdaric.bootstrap, runtime_client")
	case "aws":
		return aws()
	case "chromium":
		_, err := Chromium()
		return err
	case "gdb", "valgrind":
		return run(name, "--version")
	case "dlv":
		return run(name, "version")
	case "cyclonedx":
		return run("python3", "-c", "import cyclonedx.validation.json, jsonschema, referencing")
	case "modules":
		return cached()
	}
	return fmt.Errorf("%w: %q", errUnknown, name)
}

// aws returns an error if moto, cfn-lint or the AWS CLI is missing. It checks once, because that takes a second.
var aws = sync.OnceValue(func() error {
	const find = `import importlib.util as u, sys
missing = [name for name in ("moto.server", "cfnlint") if not (u.find_spec(name.split(".")[0]) and u.find_spec(name))]
if missing: sys.exit("python3 has no " + " and no ".join(missing))`
	if err := run("python3", "-c", find); err != nil {
		return err
	}
	return run("aws", "--version")
})

// Chromium returns the path of a browser for tests.
func Chromium() (string, error) {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", errors.New("PATH contains neither chromium nor google-chrome: install Debian's package chromium")
}

// engine returns the container engine that a build chooses.
func engine() string {
	if cli := os.Getenv("SPARTA_CONTAINER_CLI"); cli != "" {
		return cli
	}
	for _, cli := range []string{"docker", "podman", "finch", "nerdctl"} {
		if _, err := exec.LookPath(cli); err == nil {
			return cli
		}
	}
	return "docker"
}

// image returns the image for builds with this Go version.
func image() string {
	if image := os.Getenv("SPARTA_IMAGE"); image != "" {
		return image
	}
	// With GOEXPERIMENT, more words follow: "go1.26.8 X:jsonv2".
	version, _, _ := strings.Cut(runtime.Version(), " ")
	return "golang:" + strings.TrimPrefix(version, "go")
}

func run(name string, args ...string) error {
	ctx, cancel := context.WithTimeout(context.Background(), probeTimeout)
	defer cancel()
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.WaitDelay = time.Second
	out, err := cmd.CombinedOutput()
	if err == nil {
		return nil
	}
	lines := strings.Split(string(bytes.TrimSpace(out)), "\n")
	if last := lines[len(lines)-1]; last != "" {
		return fmt.Errorf("run %s: %w: %s", name, err, last)
	}
	return fmt.Errorf("run %s: %w", name, err)
}
