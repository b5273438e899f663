package main

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// contender is one side of a comparison.
type contender struct {
	name  string
	run   func(context.Context) (time.Duration, error)
	times []time.Duration
}

// race runs the contenders in turns, rounds times each, and reverses the order every other round.
func race(ctx context.Context, rounds int, contenders ...*contender) error {
	for round := range rounds {
		for i := range contenders {
			c := contenders[i]
			if round%2 == 1 {
				c = contenders[len(contenders)-1-i]
			}
			took, err := c.run(ctx)
			if err != nil {
				return fmt.Errorf("%s: %w", c.name, err)
			}
			c.times = append(c.times, took)
		}
	}
	return nil
}

// median returns the middle one of the times; of the two in the middle of an even number, the longer.
func (c *contender) median() time.Duration {
	if len(c.times) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(c.times))
	return sorted[len(sorted)/2]
}

// against returns the row that compares the medians: this contender's as a multiple of the peer's.
func (c *contender) against(peer *contender, limit float64) row {
	ours, theirs := c.median(), peer.median()
	return row{
		Figure: shown(ours),
		Peer:   shown(theirs) + " " + peer.name,
		Value:  ours.Seconds() / theirs.Seconds(),
		Unit:   "x",
		Bound:  limit,
		Runs:   len(c.times),
	}
}

// shown formats a duration with three significant digits.
func shown(d time.Duration) string {
	switch {
	case d < time.Second:
		return fmt.Sprintf("%.3g ms", float64(d)/1e6)
	default:
		return fmt.Sprintf("%.3g s", d.Seconds())
	}
}
