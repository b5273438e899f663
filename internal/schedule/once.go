package schedule

import (
	"fmt"
	"time"
)

// once fires at one time only.
type once time.Time

func parseOnce(argument string, zone *time.Location) (Schedule, error) {
	at, err := time.ParseInLocation("2006-01-02T15:04:05", argument, zone)
	if err != nil || len(argument) != len("2006-01-02T15:04:05") {
		return nil, fmt.Errorf("%q is not a time: use at(2030-01-31T09:00:00), for example, without a time zone",
			argument)
	}
	return once(at), nil
}

func (o once) Next(after time.Time) (time.Time, bool) {
	return time.Time(o), time.Time(o).After(after)
}
