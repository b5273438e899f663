// Package measure lets contenders take turns, and says what each of them took.
package measure

import (
	"context"
	"fmt"
	"time"
)

// Contender is one side of a comparison.
type Contender struct {
	Name   string
	Run    func(context.Context) (time.Duration, error)
	Each   int                     // how many invocations a run averages; 0 means one
	Usage  func() time.Duration    // the processor time that has been used so far; nil means that it is not known
	Memory func() (float64, error) // the most that has been in memory, in MB; nil means that it is not known
	Times  []time.Duration         // by the clock, of each run
	CPU    []time.Duration         // of processors, of each run's invocations
	Peak   float64                 // what Memory has returned after the last race
}

// Race runs the contenders in turns, rounds times each, and reverses the order every other round.
func Race(ctx context.Context, rounds int, contenders ...*Contender) error {
	for round := range rounds {
		for i := range contenders {
			c := contenders[i]
			if round%2 == 1 {
				c = contenders[len(contenders)-1-i]
			}
			if err := c.turn(ctx); err != nil {
				return fmt.Errorf("%s: %w", c.Name, err)
			}
		}
	}
	for _, c := range contenders {
		if c.Memory == nil {
			continue
		}
		var err error
		if c.Peak, err = c.Memory(); err != nil {
			return fmt.Errorf("read the memory of %s: %w", c.Name, err)
		}
	}
	return nil
}

// WarmUp lets the contenders take turns that do not count: afterwards, files are in memory and memory has its final
// size.
func WarmUp(ctx context.Context, rounds int, contenders ...*Contender) error {
	err := Race(ctx, rounds, contenders...)
	for _, c := range contenders {
		c.Times, c.CPU, c.Peak = nil, nil, 0
	}
	return err
}

func (c *Contender) turn(ctx context.Context) error {
	var before time.Duration
	if c.Usage != nil {
		before = c.Usage()
	}
	took, err := c.Run(ctx)
	if err != nil {
		return err
	}
	c.Times = append(c.Times, took)
	if c.Usage != nil {
		c.CPU = append(c.CPU, (c.Usage()-before)/time.Duration(max(1, c.Each)))
	}
	return nil
}

// Median returns the middle one of the times.
func (c *Contender) Median() time.Duration { return SpreadOf(c.Times).Median }

// Less returns a contender with what each run has taken longer than the other's in the same round.
func (c *Contender) Less(other *Contender) *Contender {
	rest := &Contender{Name: c.Name}
	for i := range min(len(c.Times), len(other.Times)) {
		rest.Times = append(rest.Times, c.Times[i]-other.Times[i])
	}
	return rest
}
