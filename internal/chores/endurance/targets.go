// Package endurance has the targets that run for as long as they are told to: the magefile imports them.
package endurance

import (
	"context"
	"os"
	"slices"
	"time"

	"github.com/go-sparta/sparta/internal/chores"
)

// Fuzz runs all fuzz targets, for 30 seconds each.
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
		chores.Flag("n", n), chores.Flag("processes", processes), chores.Flag("seed", seed),
		chores.Flag("first", first), chores.Flag("freeze", freeze),
		chores.Flag("race", race), chores.Flag("cgocheck2", cgocheck2))...).Run(ctx, os.Stdout, os.Stderr)
}

// or returns the value, or otherwise its zero value.
func or[T any](value *T) (v T) {
	if value != nil {
		v = *value
	}
	return v
}
