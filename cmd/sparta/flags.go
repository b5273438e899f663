package main

import (
	"errors"
	"flag"
	"fmt"
)

// errUsage reports wrong arguments. The reason has been written already.
var errUsage = errors.New("wrong arguments")

// parse reads a command's flags. It accepts no other arguments.
func parse(flags *flag.FlagSet, args []string) error {
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		return err
	} else if err != nil {
		return errUsage
	}
	if flags.NArg() > 0 {
		fmt.Fprintf(flags.Output(), "Error: unexpected argument %q: sparta %s accepts only flags\n",
			flags.Arg(0), flags.Name())
		return errUsage
	}
	return nil
}
