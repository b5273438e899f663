package sandbox

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"github.com/go-sparta/sparta/internal/interpreter"
	"github.com/go-sparta/sparta/internal/lambdaruntime"
)

// Config describes a function. Dir and either Handler or Command are required.
type Config struct {
	Name    string             // empty means "function"
	Handler string             // module.function, as in the function's configuration
	Dir     string             // the staged package
	Layer   string             // folder of Python packages of a layer; empty means none
	Python  interpreter.Python // with only a path, it is inspected; without one, it is searched for
	Command []string           // program and arguments to run instead of Python
	Env     []string           // NAME=value of the function's configuration; overrides everything else
	Cache   string             // folder of the Python runtime client; empty means sparta/ in the user's cache folder

	MemorySize  int           // in MB; 0 means 128
	Timeout     time.Duration // 0 means 3 s
	InitLimit   time.Duration // of an initialization, in addition to Timeout; 0 means Lambda's 10 s
	Idle        time.Duration // how long an unused environment is kept; 0 means 10 minutes
	Concurrency int           // how many invocations may run at the same time; 0 means 10
	SnapStart   bool          // initialize, run the snapshot hooks, and resume at the first invocation

	NoCredentials bool // hide the caller's AWS credentials and the files below HOME; what Env has counts nevertheless

	// Started is called with the ID of each process that runs the function. It must not wait.
	Started func(pid int)

	// Output receives each line that the function prints, as it prints it, with the ID of the request that runs or has
	// run last in the environment. The ID is empty before the first one. It is called by several goroutines at the same
	// time, and what it waits for holds the function up.
	Output func(requestID string, line Line)
}

// megabyte is Lambda's: MemorySize counts them.
const megabyte = 1 << 20

// withDefaults returns a copy with defaults in place of zero values, and a complete description of the interpreter.
func (c Config) withDefaults(ctx context.Context) (Config, error) {
	c.Name = cmp.Or(c.Name, "function")
	c.MemorySize = cmp.Or(c.MemorySize, 128)
	c.Timeout = cmp.Or(c.Timeout, 3*time.Second)
	c.Idle = cmp.Or(c.Idle, 10*time.Minute)
	c.Concurrency = cmp.Or(c.Concurrency, 10)
	if c.Concurrency < 0 || c.MemorySize < 0 || c.Timeout < 0 || c.Idle < 0 || c.InitLimit < 0 {
		return c, fmt.Errorf("run function %s: concurrency %d, memory size %d MB, timeout %v, idle time %v and "+
			"initialization limit %v must not be negative",
			c.Name, c.Concurrency, c.MemorySize, c.Timeout, c.Idle, c.InitLimit)
	}
	if len(c.Command) > 0 {
		return c, nil
	}
	var err error
	c.Python, err = interpreter.Complete(ctx, c.Python)
	if err != nil {
		return c, fmt.Errorf("run function %s: %w", c.Name, err)
	}
	return c, nil
}

// limit is the memory that the function may use, in bytes.
func (c Config) limit() int64 { return int64(c.MemorySize) * megabyte }

// options describes the function to lambdaruntime.
func (c Config) options(output *collector) lambdaruntime.Options {
	return lambdaruntime.Options{
		Dir:     c.Dir,
		Layer:   c.Layer,
		Handler: c.Handler,
		Python:  c.Python,
		Command: c.Command,
		// Lambda's folder is read-only; the staged package must stay as it was zipped.
		Env:          append([]string{"PYTHONDONTWRITEBYTECODE=1"}, c.Env...),
		Stdout:       output,
		Stderr:       output, // one pipe, so that lines keep their order
		Workspace:    c.Cache,
		FunctionName: c.Name,
		MemorySize:   c.MemorySize,
		Timeout:      c.Timeout,
		InitLimit:    c.InitLimit,
		SnapStart:    c.SnapStart,
		Started:      c.Started,

		NoCredentials: c.NoCredentials,
	}
}
