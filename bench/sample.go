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

// race runs the contenders by turns, rounds times each, the order reversed every other round. What
// they take before the race, once, is not counted.
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

// median is of an odd number of times the middle one, else the later of both.
func (c *contender) median() time.Duration {
	if len(c.times) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(c.times))
	return sorted[len(sorted)/2]
}

// against makes the row that says how many times the peer's median this one's is.
func (c *contender) against(peer *contender, limit float64) row {
	ours, theirs := c.median(), peer.median()
	return row{
		Figure: shown(ours), Peer: shown(theirs) + " " + peer.name,
		Value: ours.Seconds() / theirs.Seconds(), Unit: "x", Bound: limit, Runs: len(c.times),
	}
}

// shown is a duration with the three digits that are worth showing.
func shown(d time.Duration) string {
	switch {
	case d < time.Second:
		return fmt.Sprintf("%.3g ms", float64(d)/1e6)
	default:
		return fmt.Sprintf("%.3g s", d.Seconds())
	}
}
