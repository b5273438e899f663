package connection

import (
	"slices"
	"sync/atomic"
	"testing"
)

func TestEachOfCallsForEveryIndexAFewAtATime(t *testing.T) {
	for _, count := range []int{0, 1, few, 150} {
		called := make([]bool, count)
		var running, most atomic.Int32
		var full atomic.Bool
		EachOf(count, func(i int) {
			now := running.Add(1)
			if now > few {
				full.Store(true)
			}
			most.Store(max(most.Load(), now))
			called[i] = true
			running.Add(-1)
		})
		if slices.Contains(called, false) || full.Load() {
			t.Errorf("of %d: called %v, %d at a time", count, called, most.Load())
		}
	}
}
