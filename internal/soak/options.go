package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"time"
)

// options say how much the soak does and to what.
type options struct {
	invocations int64
	first       int64 // the number of the first event
	processes   int
	seed        uint64
	timeout     time.Duration // of events that never return
	freeze      float64       // what pauses of a second to two minutes are multiplied by
	memory      int64         // of a process, in MB
	race        bool
	cgocheck2   bool
	quiet       bool // no progress

	limit limitKind // how memory is limited on this machine
}

func parse(args []string, out io.Writer) (options, error) {
	var o options
	flags := flag.NewFlagSet("soak", flag.ContinueOnError)
	flags.SetOutput(out)
	flags.Int64Var(&o.invocations, "n", 1_000_000, "how many `events` are sent in all")
	flags.Int64Var(&o.first, "first", 0, "the `number` of the first event; with -n 1, an event of an earlier run")
	flags.IntVar(&o.processes, "processes", 4, "how many `processes` run at once")
	flags.Uint64Var(&o.seed, "seed", 0, "the `number` that all events follow from; 0 chooses one and prints it")
	flags.DurationVar(&o.timeout, "timeout", 300*time.Millisecond, "the `time` that functions have that never return")
	flags.Float64Var(&o.freeze, "freeze", 0.01,
		"the `factor` for the time that processes are frozen: with 1, a second to two minutes")
	flags.Int64Var(&o.memory, "memory", 512, "the memory that a process may use, in `MB`")
	flags.BoolVar(&o.race, "race", false, "build the library with the race detector")
	flags.BoolVar(&o.cgocheck2, "cgocheck2", false, "build the library with GOEXPERIMENT=cgocheck2")
	flags.BoolVar(&o.quiet, "quiet", false, "show no progress")
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	if flags.NArg() > 0 {
		return o, fmt.Errorf("unexpected argument %q", flags.Arg(0))
	}
	return o, o.check()
}

func (o options) check() error {
	switch {
	case o.invocations < 1 || o.first < 0:
		return errors.New("-n must be at least 1, and -first at least 0")
	case o.processes < 1 || o.processes > 64:
		return fmt.Errorf("-processes is %d: it must be 1 to 64", o.processes)
	case o.timeout < 10*time.Millisecond:
		return fmt.Errorf("-timeout is %v: it must be at least 10ms", o.timeout)
	case o.freeze < 0:
		return fmt.Errorf("-freeze is %v: it must be at least 0", o.freeze)
	case o.memory < 128:
		return fmt.Errorf("-memory is %d: a process with Python and Go needs at least 128 MB", o.memory)
	}
	return nil
}
