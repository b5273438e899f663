// Package schedule parses the schedule expressions of EventBridge and calculates when they fire: rate(5 minutes),
// cron(0 12 ? * MON-FRI *) and, for EventBridge Scheduler, at(2027-01-31T09:00:00).
package schedule

import (
	"errors"
	"fmt"
	"strings"
	"time"
	_ "time/tzdata" // not every machine has the time zones
)

// Schedule is when something happens, once or repeatedly.
type Schedule interface {
	// Next returns the first time after another one at which the schedule fires, and reports whether it fires again.
	Next(after time.Time) (time.Time, bool)
}

// ParseRule reads the expression of an EventBridge rule, which is in UTC.
func ParseRule(expression string) (Schedule, error) {
	kind, argument, err := split(expression)
	switch {
	case err != nil:
		return nil, err
	case kind == "rate":
		return parseRate(argument, true)
	case kind == "cron":
		return parseCron(argument, time.UTC)
	}
	return nil, fmt.Errorf("rules have no %s(…): use rate(5 minutes) or cron(0 12 * * ? *), for example, "+
		"or a schedule of EventBridge Scheduler", kind)
}

// Parse reads the expression of a schedule of EventBridge Scheduler. An empty time zone means UTC.
func Parse(expression, timezone string) (Schedule, error) {
	zone, err := location(timezone)
	if err != nil {
		return nil, err
	}
	kind, argument, err := split(expression)
	switch {
	case err != nil:
		return nil, err
	case kind == "rate":
		return parseRate(argument, false)
	case kind == "cron":
		return parseCron(argument, zone)
	}
	return parseOnce(argument, zone)
}

// split returns the kind of an expression, and what is in its parentheses.
func split(expression string) (kind, argument string, err error) {
	kind, argument, found := strings.Cut(expression, "(")
	argument, closed := strings.CutSuffix(argument, ")")
	if !found || !closed || kind != "rate" && kind != "cron" && kind != "at" {
		return "", "", errors.New("it is not a schedule: use rate(5 minutes), cron(0 12 * * ? *) or, " +
			"with EventBridge Scheduler, at(2030-01-31T09:00:00), for example")
	}
	return kind, argument, nil
}

func location(timezone string) (*time.Location, error) {
	if timezone == "" {
		return time.UTC, nil
	}
	zone, err := time.LoadLocation(timezone)
	if err != nil || timezone == "Local" {
		return nil, fmt.Errorf("time zone %q is unknown: use a name of the IANA database, for example Europe/Berlin",
			timezone)
	}
	return zone, nil
}
