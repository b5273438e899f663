package main

import (
	"errors"
	"flag"
	"fmt"
)

// errUsage says that the arguments are wrong; package flag has said what about them.
var errUsage = errors.New("wrong arguments")

// parse reads a command's flags. There are no other arguments.
func parse(flags *flag.FlagSet, args []string) error {
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		return err
	} else if err != nil {
		return errUsage
	}
	if flags.NArg() > 0 {
		fmt.Fprintf(flags.Output(), "Error: unexpected argument %q: sparta %s takes flags alone\n", flags.Arg(0), flags.Name())
		return errUsage
	}
	return nil
}
