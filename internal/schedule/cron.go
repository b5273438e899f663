package schedule

import (
	"fmt"
	"strings"
	"time"
)

// cron fires at the minutes of the clock and the days of the calendar that its fields select.
type cron struct {
	minutes, hours, months, years []int
	days                          days
	zone                          *time.Location
}

func parseCron(argument string, zone *time.Location) (Schedule, error) {
	fields := strings.Fields(argument)
	if len(fields) != 6 {
		return nil, fmt.Errorf("it has %d fields instead of 6: "+
			"use cron(minutes hours day-of-month month day-of-week year)", len(fields))
	}
	schedule := cron{zone: zone}
	for _, part := range []struct {
		field field
		text  string
		into  *[]int
	}{
		{field{"minute", 0, 59, nil}, fields[0], &schedule.minutes},
		{field{"hour", 0, 23, nil}, fields[1], &schedule.hours},
		{field{"month", 1, 12, months()}, fields[3], &schedule.months},
		{field{"year", 1970, 2199, nil}, fields[5], &schedule.years},
	} {
		values, err := part.field.parse(part.text)
		if err != nil {
			return nil, err
		}
		*part.into = values
	}
	found, err := parseDays(fields[2], fields[4])
	if err != nil {
		return nil, err
	}
	schedule.days = found
	return schedule, nil
}

// Next looks at each day from that of after. A time that daylight saving skips does not fire, and one that it repeats
// fires once.
func (c cron) Next(after time.Time) (time.Time, bool) {
	local := after.In(c.zone)
	for _, year := range c.years {
		if year < local.Year() {
			continue
		}
		for _, month := range c.months {
			first := 1
			if year == local.Year() {
				if month < int(local.Month()) {
					continue
				}
				if month == int(local.Month()) {
					first = local.Day()
				}
			}
			for day := first; day <= lastDay(year, month); day++ {
				if !c.days.include(year, month, day) {
					continue
				}
				if found, ok := c.within(year, month, day, after); ok {
					return found, true
				}
			}
		}
	}
	return time.Time{}, false
}

// within returns the first time on a day that is after another time.
func (c cron) within(year, month, day int, after time.Time) (time.Time, bool) {
	for _, hour := range c.hours {
		for _, minute := range c.minutes {
			at := firstOf(time.Date(year, time.Month(month), day, hour, minute, 0, 0, c.zone))
			skipped := at.Day() != day || at.Hour() != hour || at.Minute() != minute
			if !skipped && at.After(after) {
				return at, true
			}
		}
	}
	return time.Time{}, false
}

// firstOf returns the first time at which clocks show the same as at another time. They show it twice when daylight
// saving ends.
func firstOf(at time.Time) time.Time {
	start, _ := at.ZoneBounds()
	if start.IsZero() {
		return at
	}
	_, before := start.Add(-time.Second).Zone()
	_, now := at.Zone()
	earlier := at.Add(time.Duration(now-before) * time.Second)
	if before > now && earlier.Before(start) {
		return earlier
	}
	return at
}
