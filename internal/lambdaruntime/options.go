package lambdaruntime

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/go-sparta/sparta/internal/interpreter"
)

// Options describe a function and the surroundings it runs in. Dir and either Handler or Command are needed.
type Options struct {
	Dir     string             // folder with the handler's module: LAMBDA_TASK_ROOT and the working directory
	Handler string             // module.function, as in the function's configuration
	Python  interpreter.Python // from interpreter.Find; with a path alone it is inspected, without one it is found
	Command []string           // program and arguments to run instead of Python, such as a provided.al2023 bootstrap
	Env     []string           // NAME=value of the function's configuration; beats everything else

	Stdout io.Writer // what the function prints; nil discards it
	Stderr io.Writer // what it writes to stderr; nil discards it

	// Workspace is the folder in which the embedded Python client is kept, in a folder named after its content.
	// Empty means sparta/ in the user's cache directory.
	Workspace string
	OwnClient bool // use the embedded Python client even where AWS's own can be imported

	FunctionName    string        // empty means "function"
	FunctionVersion string        // empty means $LATEST
	FunctionARN     string        // empty means one made of the region and FunctionName
	MemorySize      int           // MB that the function is told it has; 0 means 128; nothing enforces it
	Timeout         time.Duration // of an invocation without a deadline of its own; 0 means 3 s
	SnapStart       bool          // initialize, run the snapshot hooks, and resume at the first invocation
}

// withDefaults returns a copy without zero values that have a meaning, and an error for what cannot work.
func (o Options) withDefaults() (Options, error) {
	if o.Handler == "" && len(o.Command) == 0 {
		return o, errors.New("a function needs a handler, such as index.handler, or a command")
	}
	dir, err := filepath.Abs(o.Dir)
	if err != nil {
		return o, err
	}
	if info, err := os.Stat(dir); err != nil {
		return o, err
	} else if !info.IsDir() {
		return o, fmt.Errorf("%s is not a folder", dir)
	}
	o.Dir = dir
	o.FunctionName = or(o.FunctionName, "function")
	o.FunctionVersion = or(o.FunctionVersion, "$LATEST")
	o.MemorySize = or(o.MemorySize, 128)
	o.Timeout = or(o.Timeout, 3*time.Second)
	return o, nil
}

// or returns value, or otherwise where value is the zero value.
func or[T comparable](value, otherwise T) T {
	var zero T
	if value == zero {
		return otherwise
	}
	return value
}

func (o Options) usesOwnClient() bool {
	return len(o.Command) == 0 && (o.OwnClient || o.Python.Client == "")
}
