package chores

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path"
	"slices"
	"strings"
)

// PythonTests runs the unit tests of every folder under root that contains test_*.py files, and counts them.
// Without python3 they count as skipped, unless SPARTA_TEST_REQUIRE names python.
func PythonTests(ctx context.Context, root string, out io.Writer) (Tally, error) {
	var tally Tally
	files, err := Find(root, "test_*.py")
	if err != nil {
		return tally, err
	}
	if why := noPython(); why != nil && len(files) > 0 {
		if required("python") {
			return tally, fmt.Errorf("run the Python tests: %w (SPARTA_TEST_REQUIRE names python)", why)
		}
		for _, file := range files {
			tally.Skipped = append(tally.Skipped, Skip{Test: file, Reason: why.Error()})
		}
		return tally, nil
	}
	var dirs []string
	for _, file := range files {
		dirs = append(dirs, path.Dir(file))
	}
	var failed []string
	for _, dir := range slices.Compact(dirs) {
		one, err := pythonFolder(ctx, root, dir, out)
		tally.Add(one)
		if err != nil {
			failed = append(failed, fmt.Sprintf("%s (%v)", dir, err))
		}
	}
	if len(failed) > 0 {
		return tally, fmt.Errorf("run the Python tests: %s", strings.Join(failed, ", "))
	}
	return tally, nil
}

// pythonFolder runs the tests of one folder with unittests.py, which writes the results to stdout and everything
// else to stderr.
func pythonFolder(ctx context.Context, root, dir string, out io.Writer) (Tally, error) {
	var tally Tally
	var stdout, stderr bytes.Buffer
	command := python("internal/chores/unittests.py", dir).In(root)
	err := command.Run(ctx, &stdout, &stderr)
	var counts struct {
		Passed, Failed int
		Skipped        [][2]string
	}
	if json.Unmarshal(stdout.Bytes(), &counts) != nil {
		stdout.WriteTo(out)
		stderr.WriteTo(out)
		if err == nil {
			err = fmt.Errorf("unittests.py wrote no results")
		}
		return tally, err
	}
	tally.Passed, tally.Failed = counts.Passed, counts.Failed
	for _, skip := range counts.Skipped {
		tally.Skipped = append(tally.Skipped, Skip{Test: dir + " " + skip[0], Reason: skip[1]})
	}
	if err != nil {
		fmt.Fprintf(out, "FAIL          %s (Python)\n", dir)
		stderr.WriteTo(out)
		return tally, err
	}
	fmt.Fprintf(out, "ok            %s (Python)\n", dir)
	return tally, nil
}

// PythonSyntax checks that every Python file under root has the syntax of Python 3.6, the oldest Python 3 that
// Lambda has run. Without python3 it says so and passes, unless SPARTA_TEST_REQUIRE names python.
func PythonSyntax(ctx context.Context, root string, out io.Writer) error {
	files, err := Find(root, "*.py")
	if err != nil {
		return err
	}
	if why := noPython(); why != nil {
		if required("python") {
			return fmt.Errorf("check Python syntax: %w (SPARTA_TEST_REQUIRE names python)", why)
		}
		fmt.Fprintf(out, "not checked: %v\n", why)
		return nil
	}
	return python(append([]string{"internal/chores/syntax36.py"}, files...)...).In(root).Run(ctx, out, out)
}

// python returns a command that runs python3. Compiled files would end up beside the sources, and with them in the
// package.
func python(args ...string) Command {
	return Command{Args: append([]string{"python3"}, args...)}.With("PYTHONDONTWRITEBYTECODE=1")
}

func noPython() error {
	if _, err := exec.LookPath("python3"); err != nil {
		return fmt.Errorf("python3 is not on PATH: install it")
	}
	return nil
}

// required reports whether SPARTA_TEST_REQUIRE names what (see package testrequire).
func required(what string) bool {
	return slices.Contains(requirements(), what)
}

// RequiredWithout returns the value of SPARTA_TEST_REQUIRE without what.
func RequiredWithout(what string) string {
	return strings.Join(slices.DeleteFunc(requirements(), func(name string) bool { return name == what }), ",")
}

func requirements() []string {
	return strings.FieldsFunc(os.Getenv("SPARTA_TEST_REQUIRE"), func(r rune) bool { return r == ',' || r == ' ' })
}
