package schedule

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// rate fires at a fixed interval.
type rate time.Duration

// units returns the units of rates, in the singular.
func units() map[string]time.Duration {
	return map[string]time.Duration{"minute": time.Minute, "hour": time.Hour, "day": 24 * time.Hour}
}

// parseRate reads a number and a unit. Rules require the right one of singular and plural; Scheduler accepts both.
func parseRate(argument string, rule bool) (Schedule, error) {
	words := strings.Fields(argument)
	if len(words) != 2 {
		return nil, errors.New("a rate has a number and a unit: use rate(5 minutes), for example")
	}
	count, err := strconv.ParseInt(words[0], 10, 64)
	if err != nil || strings.HasPrefix(words[0], "+") {
		return nil, fmt.Errorf("%q is not a number: use rate(5 minutes), for example", words[0])
	}
	if count <= 0 {
		return nil, errors.New("it never fires: use a number of at least 1")
	}
	singular := strings.TrimSuffix(words[1], "s")
	unit, known := units()[singular]
	switch {
	case !known:
		return nil, fmt.Errorf("%q is not a unit: use minutes, hours or days", words[1])
	case rule && count == 1 && words[1] != singular:
		return nil, fmt.Errorf("the unit of 1 must be singular: use rate(1 %s)", singular)
	case rule && count > 1 && words[1] == singular:
		return nil, fmt.Errorf("the unit of %d must be plural: use rate(%d %ss)", count, count, singular)
	case count > math.MaxInt64/int64(unit):
		return nil, errors.New("it does not fire within 290 years: use a shorter time")
	}
	return rate(time.Duration(count) * unit), nil
}

func (r rate) Next(after time.Time) (time.Time, bool) { return after.Add(time.Duration(r)), true }
