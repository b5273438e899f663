// Package figures has the targets that measure, and that write what was measured into the documents.
package figures

import (
	"context"
	"os"
	"slices"

	"github.com/go-sparta/sparta/internal/chores"
)

// Bench measures the speed of builds and functions and prints ratios.
func Bench(
	ctx context.Context,
	client *string, // the Python functions' runtime client: embedded (the default), awslambdaric or awslambdaric-3.13
	only *string, // comma-separated groups to measure: cold, warm, events, throughput, build, explore, ci, …
	quick *bool, // measure less often, which is less exact
	save *bool, // also write the rows to bench/results, which plots makes the documents' figures from
) error {
	if err := chores.SetUp(ctx, os.Stderr); err != nil {
		return err
	}
	return chores.Go(slices.Concat([]string{"run", "./bench"},
		chores.Flag("client", client), chores.Flag("only", only), chores.Flag("quick", quick),
		chores.Flag("save", save))...).Run(ctx, os.Stdout, os.Stderr)
}

// Plots writes the documents' figures and plots from the newest results of bench.
func Plots(ctx context.Context) error {
	return chores.Go("run", ".").In(chores.Plotter).Run(ctx, os.Stdout, os.Stderr)
}
