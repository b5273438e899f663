package schedule

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// field is a part of a cron expression.
type field struct {
	name     string
	min, max int
	names    []string // of the values, from min on; nil if they have none
}

// parse lists the values that a text selects: *, 5, 5-10, 0/15 or several of these.
func (f field) parse(text string) ([]int, error) {
	var values []int
	for part := range strings.SplitSeq(text, ",") {
		found, err := f.part(part)
		if err != nil {
			return nil, err
		}
		values = append(values, found...)
	}
	slices.Sort(values)
	return slices.Compact(values), nil
}

func (f field) part(text string) ([]int, error) {
	base, stepText, stepped := strings.Cut(text, "/")
	from, to, err := f.bounds(base, stepped)
	if err != nil {
		return nil, err
	}
	step := 1
	if stepped {
		step, err = strconv.Atoi(stepText)
		if err != nil || step < 1 || step > f.max-f.min+1 || stepText[0] == '+' {
			return nil, fmt.Errorf("the step %q of the %s is invalid: use 1 to %d", stepText, f.name, f.max-f.min+1)
		}
	}
	var values []int
	if to < from { // over the end of the hour, the day, the week or the year
		to += f.max - f.min + 1
	}
	for value := from; value <= to; value += step {
		values = append(values, f.min+(value-f.min)%(f.max-f.min+1))
	}
	return values, nil
}

// bounds returns the first and the last value of *, of a range, or of one value. With a step, one value extends to the
// end.
func (f field) bounds(text string, stepped bool) (from, to int, err error) {
	if text == "*" {
		return f.min, f.max, nil
	}
	first, last, isRange := strings.Cut(text, "-")
	if from, err = f.value(first); err != nil {
		return 0, 0, err
	}
	switch {
	case isRange:
		to, err = f.value(last)
	case stepped:
		to = f.max
	default:
		to = from
	}
	if err == nil && to < from && f.name == "year" {
		err = fmt.Errorf("the years %s end before they begin: write the earlier year first", text)
	}
	return from, to, err
}

func (f field) value(text string) (int, error) {
	if i := indexOf(f.names, text); i >= 0 {
		return f.min + i, nil
	}
	value, err := strconv.Atoi(text)
	if err != nil || value < f.min || value > f.max || text[0] == '+' {
		return 0, fmt.Errorf("the %s %q is invalid: use %s", f.name, text, f.valid())
	}
	return value, nil
}

// valid describes the values of the field.
func (f field) valid() string {
	if f.names != nil {
		return fmt.Sprintf("%d to %d, or %s to %s", f.min, f.max, f.names[0], f.names[len(f.names)-1])
	}
	return fmt.Sprintf("%d to %d", f.min, f.max)
}
