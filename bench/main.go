// Bench measures the speed that the project promises, and fails when a promise is broken:
//
//	go run ./bench            # everything; at most a quarter of an hour
//	go run ./bench -quick     # fewer runs, and a tenth of the invocations of soak
//	go run ./bench -only cold,warm
//	go run ./bench -only cold,warm -client awslambdaric
//	go run ./bench -save      # also writes the rows to bench/results, which docs/performance.md is made from
//	GOTOOLCHAIN=go1.27.3 go run ./bench # with another Go
//
// Whatever is compared is measured in turns, so that the machine's other work affects both sides alike. The table
// goes to standard output, progress to standard error. The exit code is 1 if a bound is missed and 2 if something
// could not be measured.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"time"

	"github.com/go-sparta/sparta/bench/internal/functions"
	"github.com/go-sparta/sparta/bench/internal/machine"
	"github.com/go-sparta/sparta/bench/internal/report"
	"github.com/go-sparta/sparta/bench/internal/session"
	"github.com/go-sparta/sparta/bench/internal/tools"
)

func groups() []session.Group { return append(functions.Groups(), tools.Groups()...) }

func main() {
	var names []string
	for _, g := range groups() {
		names = append(names, g.Name)
	}
	o, err := parse(os.Args[1:], names)
	if err != nil {
		os.Exit(2) // package flag has reported it
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	result, err := run(ctx, o)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
	}
	write := result.WriteTable
	if o.json {
		write = result.WriteJSON
	}
	if err := write(os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(2)
	}
	switch {
	case err != nil:
		os.Exit(2)
	case result.Missed() > 0:
		os.Exit(1)
	}
}

// run measures the chosen groups. If one of them fails, the others are measured nevertheless, and saved.
func run(ctx context.Context, o options) (*report.Report, error) {
	r := &report.Report{Date: time.Now().UTC().Format(time.DateOnly), Client: o.session.Client}
	r.Load[0] = machine.Load()
	s, err := session.New(ctx, o.session, r)
	if err != nil {
		return r, err
	}
	defer s.Close()
	if r.Go, err = s.Go(ctx); err != nil {
		return r, err
	}
	if r.Machine, err = s.Describe(ctx); err != nil {
		return r, err
	}
	var failures []error
	for _, g := range groups() {
		if !slices.Contains(o.only, g.Name) && (g.Named || len(o.only) > 0) {
			continue
		}
		start := time.Now()
		if err := g.Run(ctx, s); err != nil {
			failures = append(failures, fmt.Errorf("measure %s: %w", g.Name, err))
			s.Say("%s: %v", g.Name, err)
			if ctx.Err() != nil {
				break
			}
			continue
		}
		r.Groups = append(r.Groups, report.Group{
			Name: g.Name, Machine: r.Machine, Load: machine.Load(), Quick: o.session.Quick,
		})
		s.Say("%s: measured in %.0f s", g.Name, time.Since(start).Seconds())
	}
	r.Load[1] = machine.Load()
	if o.save {
		path, err := r.Save(filepath.Join(s.Module.Root, "bench", "results"), machine.Name())
		if err != nil {
			failures = append(failures, fmt.Errorf("save the rows: %w", err))
		} else {
			s.Say("saved as %s", path)
		}
	}
	return r, errors.Join(failures...)
}
