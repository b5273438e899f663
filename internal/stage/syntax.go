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

// parse prints the first syntax error of the files that its standard input lists.
const parse = `import sys
for path in sys.stdin.buffer.read().decode("utf-8", "surrogateescape").split("\0"):
    try:
        with open(path, "rb") as file:
            compile(file.read(), path, "exec", dont_inherit=True)
    except SyntaxError as error:
        sys.exit("%s:%s: %s" % (path, error.lineno, error.msg))
    except ValueError as error:
        sys.exit("%s: %s" % (path, error))
`

// checkSyntax returns an error if one of the modules has a syntax error. This needs a Python of the runtime's version
// or a newer one: an older one rejects what is new.
func checkSyntax(ctx context.Context, opts Options, extras []Extra) error {
	if opts.Modules == "" || opts.Runtime == "" {
		return nil
	}
	folder := files.Absolute(opts.Root, opts.Modules)
	var paths []string
	for _, e := range extras {
		if strings.HasSuffix(e.Source, ".py") && files.Under(e.Source, folder) {
			paths = append(paths, e.Source)
		}
	}
	if len(paths) == 0 {
		return nil
	}
	python, err := interpreter.Find(ctx, opts.Runtime)
	if err != nil || !isAtLeast(python.Version, strings.TrimPrefix(opts.Runtime, "python")) {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, python.Path, "-I", "-W", "ignore", "-c", parse)
	cmd.Stdin = strings.NewReader(strings.Join(paths, "\x00"))
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	if exit := new(exec.ExitError); errors.As(cmd.Run(), &exit) && exit.ExitCode() == 1 {
		return fmt.Errorf("syntax error in %s: correct it, or move the file out of %s",
			strings.TrimSpace(stderr.String()), opts.Modules)
	}
	return nil
}

// isAtLeast compares versions such as 3.13.
func isAtLeast(version, least string) bool {
	var major, minor, leastMajor, leastMinor int
	_, err := fmt.Sscanf(version+" "+least, "%d.%d %d.%d", &major, &minor, &leastMajor, &leastMinor)
	return err == nil && (major > leastMajor || major == leastMajor && minor >= leastMinor)
}
