package schedule

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// days are the days that one of the two day fields of a cron expression selects.
type days interface {
	include(year, month, day int) bool
}

// parseDays reads the day of the month and the day of the week. One of them is ?.
func parseDays(ofMonth, ofWeek string) (days, error) {
	switch {
	case ofMonth == "?" && ofWeek == "?":
		return nil, errors.New("day-of-month and day-of-week are both ?: use * for one of them for every day")
	case ofMonth == "?":
		return parseWeekday(ofWeek)
	case ofWeek == "?":
		return parseMonthDay(ofMonth)
	}
	return nil, fmt.Errorf("day-of-month is %s and day-of-week %s: use ? for one of them", ofMonth, ofWeek)
}

// monthDays are numbers of days.
type monthDays []int

func (d monthDays) include(_, _, day int) bool { return slices.Contains(d, day) }

// fromEnd is a day counted from the last one of the month.
type fromEnd int

func (d fromEnd) include(year, month, day int) bool { return day == lastDay(year, month)-int(d) }

// nearest is the working day nearest to a day of the month, in the same month. 0 means the last day.
type nearest int

func (d nearest) include(year, month, day int) bool {
	target := int(d)
	if target == 0 {
		target = lastDay(year, month)
	}
	if target > lastDay(year, month) {
		return false
	}
	switch weekday(year, month, target) {
	case time.Saturday:
		if target--; target == 0 {
			target = 3
		}
	case time.Sunday:
		if target++; target > lastDay(year, month) {
			target -= 3
		}
	}
	return day == target
}

func parseMonthDay(text string) (days, error) {
	upper := strings.ToUpper(text)
	ofMonth := field{"day of the month", 1, 31, nil}
	switch {
	case upper == "L":
		return fromEnd(0), nil
	case upper == "LW":
		return nearest(0), nil
	case strings.HasPrefix(upper, "L-"):
		offset, err := strconv.Atoi(upper[2:])
		if err != nil || offset < 1 || offset > 30 || upper[2] == '+' {
			return nil, fmt.Errorf("the day of the month %q is invalid: use L-1 to L-30", text)
		}
		return fromEnd(offset), nil
	case strings.HasSuffix(upper, "W"):
		day, err := ofMonth.value(upper[:len(upper)-1])
		return nearest(day), err
	}
	values, err := ofMonth.parse(text)
	return monthDays(values), err
}

// weekDays are days of the week, from 1 for Sunday.
type weekDays []int

func (d weekDays) include(year, month, day int) bool {
	return slices.Contains(d, int(weekday(year, month, day))+1)
}

// occurrence is a day of the week that occurs for the nth time in the month, or the last time if n is 0.
type occurrence struct{ weekday, n int }

func (o occurrence) include(year, month, day int) bool {
	if int(weekday(year, month, day))+1 != o.weekday {
		return false
	}
	if o.n == 0 {
		return day+7 > lastDay(year, month)
	}
	return (day+6)/7 == o.n
}

func parseWeekday(text string) (days, error) {
	upper := strings.ToUpper(text)
	ofWeek := field{"day of the week", 1, 7, weekdays()}
	if name, number, found := strings.Cut(upper, "#"); found {
		day, err := ofWeek.value(name)
		if err != nil {
			return nil, err
		}
		n, err := strconv.Atoi(number)
		if err != nil || n < 1 || n > 5 || number[0] == '+' {
			return nil, fmt.Errorf("the day of the week %q is invalid: use #1 to #5, of one day only", text)
		}
		return occurrence{day, n}, nil
	}
	if name, found := strings.CutSuffix(upper, "L"); found {
		if name == "" {
			return weekDays{7}, nil
		}
		day, err := ofWeek.value(name)
		return occurrence{day, 0}, err
	}
	values, err := ofWeek.parse(text)
	return weekDays(values), err
}
