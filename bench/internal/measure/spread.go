package measure

import (
	"fmt"
	"slices"
	"time"
)

// Spread is the middle of what was measured: half of all lie between the quartiles.
type Spread struct {
	First  time.Duration `json:"first"` // the first quartile, in ns
	Median time.Duration `json:"median"`
	Third  time.Duration `json:"third"`
	Count  int           `json:"count"`
}

// SpreadOf returns the quartiles. Of two in the middle of an even number, the longer is the median.
func SpreadOf(times []time.Duration) Spread {
	first, median, third := quartiles(times)
	return Spread{first, median, third, len(times)}
}

// Quotients returns the quartiles of one's times as multiples of the other's in the same rounds.
func Quotients(one, other []time.Duration) (first, median, third float64) {
	var all []float64
	for i := range min(len(one), len(other)) {
		all = append(all, one[i].Seconds()/other[i].Seconds())
	}
	return quartiles(all)
}

func quartiles[T time.Duration | float64](of []T) (first, median, third T) {
	if len(of) == 0 {
		return first, median, third
	}
	sorted := slices.Sorted(slices.Values(of))
	n := len(sorted)
	return sorted[n/4], sorted[n/2], sorted[(3*n-1)/4]
}

// Mean returns the mean of the times.
func Mean(times []time.Duration) time.Duration {
	var sum time.Duration
	for _, one := range times {
		sum += one
	}
	return sum / time.Duration(max(1, len(times)))
}

// Shown formats a duration with three significant digits.
func Shown(d time.Duration) string {
	if d < time.Second {
		return fmt.Sprintf("%.3g ms", float64(d)/1e6)
	}
	return fmt.Sprintf("%.3g s", d.Seconds())
}
