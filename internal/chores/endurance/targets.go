// Package endurance has the targets that run for as long as they are told to: the magefile imports them.
package endurance

import (
	"context"
	"fmt"
	"os"
	"slices"
	"time"

	"github.com/go-sparta/sparta/internal/chores"
)

// Fuzz runs all fuzz targets in turns, for 30 seconds each.
func Fuzz(
	ctx context.Context,
	t *time.Duration, // how long in all, for example 1h
	only *string, // run only the targets whose names contain this
	toolchain *string, // the Go to use, for example go1.27.3
) error {
	if err := chores.SetUp(ctx, os.Stderr); err != nil {
		return err
	}
	return chores.Fuzz{Time: or(t), Only: or(only), Go: or(toolchain)}.Run(ctx, os.Stdout)
}

// Soak invokes a library while its processes are ended, frozen and starved, and checks every answer.
func Soak(
	ctx context.Context,
	n *int, // how many events are sent in all (default 1000000)
	processes *int, // how many processes run at once (default 4)
	seed *int, // what all events follow from; without it, one is chosen and printed
	first *int, // the number of the first event; with -n=1, an event of an earlier run
	freeze *float64, // for how long processes are frozen (default 0.01); 1 means a second to two minutes
	race *bool, // build the library with the race detector
	cgocheck2 *bool, // build the library with GOEXPERIMENT=cgocheck2
) error {
	if err := chores.SetUp(ctx, os.Stderr); err != nil {
		return err
	}
	return chores.Go(slices.Concat([]string{"run", "./internal/soak"},
		flag("n", n), flag("processes", processes), flag("seed", seed), flag("first", first), flag("freeze", freeze),
		flag("race", race), flag("cgocheck2", cgocheck2))...).Run(ctx, os.Stdout, os.Stderr)
}

// flag returns the flag of a program for one of a target, if it is set.
func flag[T any](name string, value *T) []string {
	if value == nil {
		return nil
	}
	return []string{fmt.Sprintf("-%s=%v", name, *value)}
}

// or returns the value, or otherwise its zero value.
func or[T any](value *T) (v T) {
	if value != nil {
		v = *value
	}
	return v
}
