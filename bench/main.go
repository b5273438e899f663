// Bench measures the speed that the project promises, and fails when a promise is broken:
//
//	go run ./bench            # everything; about five minutes
//	go run ./bench -quick     # fewer runs, and a tenth of the invocations of soak
//	go run ./bench -only cold,warm
//	go run ./bench -only cold,warm -client awslambdaric
//	GOTOOLCHAIN=go1.27.3 go run ./bench # with another Go
//
// Whatever is compared is measured in turns, so that the machine's other work affects both sides alike. The table
// goes to standard output, progress to standard error. The exit code is 1 if a bound is missed and 2 if something
// could not be measured.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"strings"
	"time"
)

// group is a set of measurements that -only can name.
type group struct {
	name string
	run  func(context.Context, *session) error
}

func groups() []group {
	return []group{
		{"cold", cold},
		{"warm", warm},
		{"edge", edge},
		{"events", eventTimes},
		{"mixed", mixed},
		{"build", buildTimes},
		{"reload", reload},
		{"start", startTimes},
		{"bytes", sameBytes},
		{"soak", soak},
		{"explore", explore},
	}
}

func main() {
	if len(os.Args) == 2 && os.Args[1] == serveCommand {
		if err := serve(context.Background(), os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, "bench:", err)
			os.Exit(2)
		}
		return
	}
	o, err := parse(os.Args[1:])
	if err != nil {
		os.Exit(2) // package flag has reported it
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	report, err := measure(ctx, o)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
	}
	write := report.writeTable
	if o.json {
		write = report.writeJSON
	}
	if err := write(os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(2)
	}
	switch {
	case err != nil:
		os.Exit(2)
	case report.missed() > 0:
		os.Exit(1)
	}
}

func parse(args []string) (options, error) {
	var o options
	var names []string
	for _, g := range groups() {
		names = append(names, g.name)
	}
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
	flags.BoolVar(&o.quick, "quick", false, "measure less often, which is less exact")
	flags.BoolVar(&o.json, "json", false, "print the rows as JSON")
	o.client = embedded
	clients := embedded + " (the default) or " + aws
	flags.Func("client", "run Python functions in this client of the Runtime API: "+clients, func(name string) error {
		if name != embedded && name != aws {
			return fmt.Errorf("there is no client %q: use %s or %s", name, embedded, aws)
		}
		o.client = name
		return nil
	})
	flags.IntVar(&o.invocations, "invocations", 0, "how many `times` soak invokes (default 100000, with -quick 10000)")
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	if o.invocations == 0 {
		o.invocations = o.pick(100_000, 10_000)
	}
	return o, nil
}

// measure runs the chosen groups. With an error, it still returns the report of what has been measured.
func measure(ctx context.Context, o options) (*report, error) {
	r := &report{}
	s, err := newSession(ctx, o, r)
	if err != nil {
		return r, err
	}
	defer s.close()
	for _, g := range groups() {
		if len(o.only) > 0 && !slices.Contains(o.only, g.name) {
			continue
		}
		start := time.Now()
		if err := g.run(ctx, s); err != nil {
			return r, fmt.Errorf("measure %s: %w", g.name, err)
		}
		s.say("%s: measured in %.0f s", g.name, time.Since(start).Seconds())
	}
	r.Machine, err = s.describe(ctx) // last, as it includes the load
	return r, err
}
