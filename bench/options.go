package main

import (
	"flag"
	"fmt"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/bench/internal/session"
)

// options are set on the command line.
type options struct {
	session session.Options
	only    []string // names of groups; empty means all
	json    bool
	save    bool
}

// parse returns the options of a command line, which may name these groups.
func parse(args, names []string) (options, error) {
	var o options
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.Func("only", "measure only these, comma-separated: "+strings.Join(names, ", "), func(list string) error {
		for _, name := range strings.Split(list, ",") {
			if !slices.Contains(names, name) {
				return fmt.Errorf("there is no group %q", name)
			}
			o.only = append(o.only, name)
		}
		return nil
	})
	flags.BoolVar(&o.session.Quick, "quick", false, "measure less often, which is less exact")
	flags.BoolVar(&o.json, "json", false, "print the rows as JSON")
	flags.BoolVar(&o.save, "save", false, "write the rows to bench/results, too")
	o.session.Client = session.Embedded
	clients := strings.Join(session.Clients(), ", ")
	usage := "run Python functions in this client: " + clients + " (default " + session.Embedded + ")"
	flags.Func("client", usage, func(name string) error {
		if !slices.Contains(session.Clients(), name) {
			return fmt.Errorf("there is no client %q: use one of %s", name, clients)
		}
		o.session.Client = name
		return nil
	})
	flags.IntVar(&o.session.Invocations, "invocations", 0,
		"how many `times` soak invokes (default 100000, with -quick 10000)")
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	if o.session.Invocations == 0 {
		o.session.Invocations = o.session.Pick(100_000, 10_000)
	}
	return o, nil
}
