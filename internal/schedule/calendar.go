package schedule

import (
	"slices"
	"strings"
	"time"
)

// lastDay returns the number of days of a month.
func lastDay(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// months returns the names of the months, from the first one on.
func months() []string {
	return []string{"JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"}
}

// weekdays returns the names of the days of the week, from Sunday on.
func weekdays() []string { return []string{"SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"} }

// indexOf returns the position of a name, which may be in upper or lower case, or -1.
func indexOf(names []string, name string) int {
	return slices.Index(names, strings.ToUpper(name))
}

// weekday returns the day of the week of a date.
func weekday(year, month, day int) time.Weekday {
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).Weekday()
}
