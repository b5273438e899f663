package stage

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"time"

	"github.com/go-sparta/sparta/internal/files"
	"github.com/go-sparta/sparta/internal/interpreter"
)

// examine prints the modules that have the name of one of Python's own, and ends with the first syntax error. Its
// standard input lists the files' paths and their names in the package.
const examine = `import sys
own = getattr(sys, "stdlib_module_names", ())  # since Python 3.10
items = sys.stdin.buffer.read().decode("utf-8", "surrogateescape").split("\0")
shadows = set()
for path, target in zip(items[::2], items[1::2]):
    first = target.split("/")[0]
    if (first[:-3] if first == target else first) in own:
        shadows.add(first)
sys.stdout.buffer.write(", ".join(sorted(shadows)).encode("utf-8", "surrogateescape"))
for path in items[::2] if sys.argv[1] == "compile" else ():
    try:
        with open(path, "rb") as file:
            compile(file.read(), path, "exec", dont_inherit=True)
    except SyntaxError as error:
        sys.exit("%s:%s: %s" % (path, error.lineno, error.msg))
    except (ValueError, OSError, RecursionError) as error:
        sys.exit("%s: %s" % (path, error))
`

// CheckModules returns an error if one of the modules has a syntax error, and a warning about modules with names of
// Python's own. Errors need a Python of the runtime's version or a newer one: an older one rejects what is new. The
// extras are what Plan has returned.
func CheckModules(ctx context.Context, wanted Files, extras []Extra, runtime string) (warning string, err error) {
	if wanted.Modules == "" {
		return "", nil
	}
	folder := files.Absolute(wanted.Root, wanted.Modules)
	var items []string
	for _, e := range extras {
		if strings.HasSuffix(e.Source, ".py") && files.Under(e.Source, folder) {
			items = append(items, e.Source, e.Target)
		}
	}
	if len(items) == 0 {
		return "", nil
	}
	python, err := interpreter.Find(ctx, runtime)
	if err != nil {
		return "", nil // a build needs no Python
	}
	what := "look"
	if isAtLeast(python.Version, strings.TrimPrefix(runtime, "python")) {
		what = "compile"
	}
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, python.Path, "-I", "-W", "ignore", "-c", examine, what)
	cmd.Stdin = strings.NewReader(strings.Join(items, "\x00"))
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err = cmd.Run()
	if exit := new(exec.ExitError); errors.As(err, &exit) && exit.ExitCode() == 1 {
		return "", fmt.Errorf("syntax error in %s: correct it, or move the file out of %s",
			strings.TrimSpace(stderr.String()), wanted.Modules)
	}
	if err == nil && stdout.Len() > 0 {
		return fmt.Sprintf("%s in %s: Python has a module of this name, which other modules import. Which of the two "+
			"they find is not certain: rename yours", stdout.String(), wanted.Modules), nil
	}
	return "", nil
}

// isAtLeast compares versions such as 3.13.
func isAtLeast(version, least string) bool {
	var major, minor, leastMajor, leastMinor int
	_, err := fmt.Sscanf(version+" "+least, "%d.%d %d.%d", &major, &minor, &leastMajor, &leastMinor)
	return err == nil && (major > leastMajor || major == leastMajor && minor >= leastMinor)
}
