package functions

import (
	"math"
	"testing"

	"github.com/go-sparta/sparta/bench/internal/report"
)

// A ratio fails only if three quarters of its rounds are over the bound.
func TestARatioIsJudgedByItsSpread(t *testing.T) {
	for name, c := range map[string]struct {
		low, value, bound float64
		want              string
	}{
		"within":            {0.8, 0.9, 1, report.Pass},
		"within its spread": {0.9, 1.2, 1, report.Pass},
		"worse":             {1.1, 1.2, 1, report.Miss},
		"not a number":      {math.NaN(), math.NaN(), 1, report.Miss},
	} {
		if got := judged(report.Row{Low: c.low, Value: c.value, Bound: c.bound}).Verdict; got != c.want {
			t.Errorf("%s: got %s, want %s", name, got, c.want)
		}
	}
}
