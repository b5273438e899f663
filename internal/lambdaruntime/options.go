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

// Options describes a function and its environment. Dir and either Handler or Command are required.
type Options struct {
	Dir     string             // folder with the handler's module: LAMBDA_TASK_ROOT and the working directory
	Layer   string             // folder of Python packages of a layer; empty means none
	Handler string             // module.function, as in the function's configuration
	Python  interpreter.Python // with only a path, it is inspected; without one, it is searched for
	Command []string           // program and arguments to run instead of Python, for example a bootstrap
	Env     []string           // NAME=value of the function's configuration; overrides everything else

	Stdout io.Writer // what the function prints; nil discards it
	Stderr io.Writer // what it writes to stderr; nil discards it

	// Workspace is the folder of the embedded Python client, which has a folder of its own there. Empty means
	// sparta/ in the user's cache folder.
	Workspace string
	OwnClient bool // use the embedded Python client even if AWS's own can be imported

	NoCredentials bool // hide the caller's AWS credentials and the files below HOME; what Env has counts nevertheless

	// Started is called with the ID of each operating system process that runs the function. It must not wait.
	Started func(pid int)

	FunctionName    string        // empty means "function"
	FunctionVersion string        // empty means $LATEST
	FunctionARN     string        // empty means one with the region and FunctionName
	MemorySize      int           // the value that the function sees, in MB; 0 means 128; it is not enforced
	Timeout         time.Duration // of an invocation without a deadline of its own; 0 means 3 s
	SnapStart       bool          // initialize, run the snapshot hooks, and resume at the first invocation
	InitLimit       time.Duration // how long it may initialize in addition to Timeout; 0 means Lambda's 10 s
}

// withDefaults returns a copy with defaults in place of zero values, or an error if the options are invalid.
func (o Options) withDefaults() (Options, error) {
	if o.Handler == "" && len(o.Command) == 0 {
		return o, errors.New("a function needs a handler, for example index.handler, or a command")
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
	o.InitLimit = or(o.InitLimit, initLimit)
	return o, nil
}

// or returns value, or otherwise if value is the zero value.
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
