package schedule

import (
	"strings"
	"testing"
	"time"
)

const clock = "2006-01-02T15:04:05Z07:00"

func TestNext(t *testing.T) {
	tests := map[string]struct {
		expression, zone, after string
		want                    []string // empty means never
	}{
		"a rate":      {"rate(5 minutes)", "", "2026-11-27T10:00:30Z", []string{"2026-11-27T10:05:30Z"}},
		"one hour":    {"rate(1 hour)", "", "2026-11-27T10:00:00Z", []string{"2026-11-27T11:00:00Z"}},
		"some days":   {"rate(7 days)", "", "2026-11-27T10:00:00Z", []string{"2026-12-04T10:00:00Z"}},
		"noon":        {"cron(0 12 * * ? *)", "", "2026-11-27T12:00:00Z", []string{"2026-11-28T12:00:00Z"}},
		"before noon": {"cron(0 12 * * ? *)", "", "2026-11-27T11:59:59Z", []string{"2026-11-27T12:00:00Z"}},
		"working days": {
			"cron(0 8 ? * MON-FRI *)", "", "2026-11-26T09:00:00Z",
			[]string{"2026-11-27T08:00:00Z", "2026-11-30T08:00:00Z"},
		},
		"working days in small letters": {
			"cron(0 8 ? * mon-Fri *)", "", "2026-11-27T09:00:00Z", []string{"2026-11-30T08:00:00Z"},
		},
		"steps": {
			"cron(0/20 9-10 * * ? *)", "", "2026-11-27T09:30:00Z",
			[]string{
				"2026-11-27T09:40:00Z", "2026-11-27T10:00:00Z", "2026-11-27T10:20:00Z", "2026-11-27T10:40:00Z",
				"2026-11-28T09:00:00Z",
			},
		},
		"steps of all":   {"cron(*/30 * * * ? *)", "", "2026-11-27T09:31:00Z", []string{"2026-11-27T10:00:00Z"}},
		"steps of range": {"cron(10-30/10 * * * ? *)", "", "2026-11-27T09:21:00Z", []string{"2026-11-27T09:30:00Z"}},
		"a list": {
			"cron(5,50 * * * ? *)", "", "2026-11-27T09:10:00Z",
			[]string{"2026-11-27T09:50:00Z", "2026-11-27T10:05:00Z"},
		},
		"over midnight": {
			"cron(0 23-1 * * ? *)", "", "2026-11-27T22:00:00Z",
			[]string{"2026-11-27T23:00:00Z", "2026-11-28T00:00:00Z", "2026-11-28T01:00:00Z", "2026-11-28T23:00:00Z"},
		},
		"over the weekend": {
			"cron(0 0 ? * SAT-SUN *)", "", "2026-11-27T00:00:00Z",
			[]string{"2026-11-28T00:00:00Z", "2026-11-29T00:00:00Z", "2026-12-05T00:00:00Z"},
		},
		"the last day of the month": {
			"cron(0 0 L * ? *)", "", "2027-01-31T00:00:00Z", []string{"2027-02-28T00:00:00Z", "2027-03-31T00:00:00Z"},
		},
		"two days before the end": {
			"cron(0 0 L-2 * ? *)", "", "2028-02-01T00:00:00Z", []string{"2028-02-27T00:00:00Z"},
		},
		"the last working day": {
			"cron(0 0 LW * ? *)", "", "2027-01-01T00:00:00Z", []string{"2027-01-29T00:00:00Z", "2027-02-26T00:00:00Z"},
		},
		"the working day nearest to a Saturday": {
			"cron(0 0 28W 11 ? *)", "", "2026-11-01T00:00:00Z", []string{"2026-11-27T00:00:00Z"},
		},
		"the working day nearest to a Sunday": {
			"cron(0 0 29W 11 ? *)", "", "2026-11-01T00:00:00Z", []string{"2026-11-30T00:00:00Z"},
		},
		"the working day nearest to a Saturday that is the first": {
			"cron(0 0 1W 8 ? *)", "", "2026-07-01T00:00:00Z", []string{"2026-08-03T00:00:00Z"},
		},
		"the working day nearest to a Sunday that is the last": {
			"cron(0 0 31W 1 ? *)", "", "2027-01-01T00:00:00Z", []string{"2027-01-29T00:00:00Z"},
		},
		"the last Friday": {
			"cron(15 10 ? * 6L *)", "", "2026-11-01T00:00:00Z", []string{"2026-11-27T10:15:00Z"},
		},
		"the last Friday by name": {
			"cron(0 0 ? * FRIL *)", "", "2026-11-27T00:00:00Z", []string{"2026-12-25T00:00:00Z"},
		},
		"the last day of the week": {
			"cron(0 0 ? * L *)", "", "2026-11-27T00:00:00Z", []string{"2026-11-28T00:00:00Z"},
		},
		"the second Tuesday": {
			"cron(0 0 ? * 3#2 *)", "", "2026-11-01T00:00:00Z", []string{"2026-11-10T00:00:00Z"},
		},
		"the fifth Monday, by name": {
			"cron(0 0 ? * MON#5 *)", "", "2026-12-01T00:00:00Z", []string{"2027-03-29T00:00:00Z"},
		},
		"a leap day": {
			"cron(0 0 29 2 ? *)", "", "2026-11-27T00:00:00Z", []string{"2028-02-29T00:00:00Z"},
		},
		"months by name": {
			"cron(0 0 1 JAN,jul ? *)", "", "2026-11-27T00:00:00Z", []string{"2027-01-01T00:00:00Z"},
		},
		"years": {
			"cron(0 0 1 1 ? 2027-2030/3)", "", "2026-11-27T00:00:00Z",
			[]string{"2027-01-01T00:00:00Z", "2030-01-01T00:00:00Z", ""},
		},
		"another zone": {
			"cron(0 9 * * ? *)", "Europe/Berlin", "2026-11-27T00:00:00Z", []string{"2026-11-27T09:00:00+01:00"},
		},
		"the day before in another zone": {
			"cron(30 23 27 11 ? *)", "America/Los_Angeles", "2026-11-28T01:00:00Z",
			[]string{"2026-11-27T23:30:00-08:00"},
		},
		"an hour that does not exist": {
			"cron(30 2 * * ? *)", "Europe/Berlin", "2027-03-27T00:00:00Z",
			[]string{"2027-03-27T02:30:00+01:00", "2027-03-29T02:30:00+02:00"},
		},
		"an hour that exists twice": {
			"cron(30 2 31 10 ? 2027)", "Europe/Berlin", "2027-10-30T00:00:00Z",
			[]string{"2027-10-31T02:30:00+02:00", ""},
		},
		"once": {
			"at(2027-01-31T09:00:00)", "", "2026-11-27T00:00:00Z", []string{"2027-01-31T09:00:00Z", ""},
		},
		"once, in a zone": {
			"at(2027-01-31T09:00:00)", "Asia/Tokyo", "2026-11-27T00:00:00Z", []string{"2027-01-31T09:00:00+09:00"},
		},
		"once, in the past":                {"at(2026-11-26T09:00:00)", "", "2026-11-27T00:00:00Z", nil},
		"a day that never exists":          {"cron(0 0 31 2 ? *)", "", "2026-11-27T00:00:00Z", nil},
		"a day of the wrong month":         {"cron(0 0 31 4,6,9,11 ? *)", "", "2026-11-27T00:00:00Z", nil},
		"a year in the past":               {"cron(0 0 1 1 ? 2020)", "", "2026-11-27T00:00:00Z", nil},
		"the rest of a year":               {"cron(0 0 1 1 ? 2026)", "", "2026-11-27T00:00:00Z", nil},
		"a leap day of a year without one": {"cron(0 0 29 2 ? 2027)", "", "2026-11-27T00:00:00Z", nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			schedule, err := Parse(test.expression, test.zone)
			if err != nil {
				t.Fatal(err)
			}
			at, err := time.Parse(clock, test.after)
			if err != nil {
				t.Fatal(err)
			}
			if test.want == nil {
				test.want = []string{""}
			}
			for _, want := range test.want {
				next, fires := schedule.Next(at)
				if got := next.Format(clock); fires != (want != "") || fires && got != want {
					t.Fatalf("after %s: %s (fires: %t), want %q", at.Format(clock), got, fires, want)
				}
				at = next
			}
		})
	}
}

func TestExpressionsThatAreNotSchedules(t *testing.T) {
	tests := map[string]struct{ expression, zone, want string }{
		"nothing":                {"", "", "it is not a schedule: use rate(5 minutes)"},
		"no parentheses":         {"rate 5 minutes", "", "it is not a schedule"},
		"an open parenthesis":    {"rate(5 minutes", "", "it is not a schedule"},
		"a space at the end":     {"rate(5 minutes) ", "", "it is not a schedule"},
		"another word":           {"every(5 minutes)", "", "it is not a schedule"},
		"capitals":               {"RATE(5 minutes)", "", "it is not a schedule"},
		"a rate of zero":         {"rate(0 minutes)", "", "it never fires: use a number of at least 1"},
		"a negative rate":        {"rate(-5 minutes)", "", "it never fires"},
		"a rate without a unit":  {"rate(5)", "", "a rate has a number and a unit"},
		"a rate in words":        {"rate(five minutes)", "", `"five" is not a number`},
		"a rate of a fraction":   {"rate(0.5 hours)", "", `"0.5" is not a number`},
		"a rate of seconds":      {"rate(30 seconds)", "", `"seconds" is not a unit: use minutes, hours or days`},
		"a rate of centuries":    {"rate(999999999 days)", "", "it does not fire within 290 years"},
		"five fields":            {"cron(0 12 * * ?)", "", "it has 5 fields instead of 6"},
		"both days are ?":        {"cron(0 12 ? * ? *)", "", "day-of-month and day-of-week are both ?"},
		"both days are *":        {"cron(0 12 * * * *)", "", "day-of-month is * and day-of-week *: use ? for one"},
		"both days are given":    {"cron(0 12 1 * MON *)", "", "day-of-month is 1 and day-of-week MON: use ?"},
		"minute 60":              {"cron(60 12 * * ? *)", "", `the minute "60" is invalid: use 0 to 59`},
		"hour 24":                {"cron(0 24 * * ? *)", "", `the hour "24" is invalid: use 0 to 23`},
		"day 0":                  {"cron(0 0 0 * ? *)", "", `the day of the month "0" is invalid: use 1 to 31`},
		"day 32W":                {"cron(0 0 32W * ? *)", "", `the day of the month "32" is invalid`},
		"40 days before the end": {"cron(0 0 L-40 * ? *)", "", "use L-1 to L-30"},
		"month 13": {
			"cron(0 0 1 13 ? *)", "", `the month "13" is invalid: use 1 to 12, or JAN to DEC`,
		},
		"weekday 0": {
			"cron(0 0 ? * 0 *)", "", `the day of the week "0" is invalid: use 1 to 7, or SUN to SAT`,
		},
		"a weekday in full":         {"cron(0 0 ? * MONDAY *)", "", `the day of the week "MONDAY" is invalid`},
		"the sixth Monday":          {"cron(0 0 ? * 2#6 *)", "", "use #1 to #5"},
		"two numbered weekdays":     {"cron(0 0 ? * 2#1,3#2 *)", "", "of one day only"},
		"a number, no weekday":      {"cron(0 0 ? * #1 *)", "", `the day of the week "" is invalid`},
		"weekday 9L":                {"cron(0 0 ? * 9L *)", "", `the day of the week "9" is invalid`},
		"year 1969":                 {"cron(0 0 1 1 ? 1969)", "", `the year "1969" is invalid: use 1970 to 2199`},
		"years backwards":           {"cron(0 0 1 1 ? 2030-2027)", "", "the years 2030-2027 end before they begin"},
		"a step of 0":               {"cron(0/0 * * * ? *)", "", `the step "0" of the minute is invalid: use 1 to 60`},
		"a step of 61":              {"cron(0/61 * * * ? *)", "", `the step "61" of the minute is invalid`},
		"a step without a number":   {"cron(0/ * * * ? *)", "", `the step "" of the minute is invalid`},
		"a step without a start":    {"cron(/5 * * * ? *)", "", `the minute "" is invalid`},
		"an empty entry":            {"cron(1,,2 * * * ? *)", "", `the minute "" is invalid`},
		"a range without an end":    {"cron(1- * * * ? *)", "", `the minute "" is invalid`},
		"a question mark":           {"cron(? * * * ? *)", "", `the minute "?" is invalid`},
		"a time with a zone":        {"at(2027-01-31T09:00:00Z)", "", "without a time zone"},
		"a time without seconds":    {"at(2027-01-31T09:00)", "", `"2027-01-31T09:00" is not a time`},
		"a time with fractions":     {"at(2027-01-31T09:00:00.5)", "", "is not a time"},
		"a day that does not exist": {"at(2027-02-30T09:00:00)", "", "is not a time"},
		"an unknown zone":           {"rate(1 day)", "Europe/Bärlin", `time zone "Europe/Bärlin" is unknown`},
		"this machine's zone":       {"rate(1 day)", "Local", `time zone "Local" is unknown`},
		"a file instead of a zone":  {"rate(1 day)", "../etc/passwd", "is unknown"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if _, err := Parse(test.expression, test.zone); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want one with %q", err, test.want)
			}
		})
	}
}

func TestRulesAreStricter(t *testing.T) {
	for expression, want := range map[string]string{
		"rate(1 hours)":           "use rate(1 hour)",
		"rate(5 hour)":            "use rate(5 hours)",
		"at(2027-01-31T09:00:00)": "rules have no at(…)",
		"every day":               "it is not a schedule",
	} {
		if _, err := ParseRule(expression); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want one with %q", expression, err, want)
		}
	}
	for _, expression := range []string{"rate(1 hour)", "rate(5 hours)", "cron(0 12 * * ? *)"} {
		if _, err := ParseRule(expression); err != nil {
			t.Errorf("%s: %v", expression, err)
		}
	}
	for _, expression := range []string{"rate(1 hours)", "rate(5 hour)"} {
		if _, err := Parse(expression, ""); err != nil {
			t.Errorf("Scheduler, %s: %v", expression, err)
		}
	}
}

// FuzzParse looks for expressions that panic, that fire in the past, or that miss a time: the next time must be one
// that the expression includes, and nothing before it may be.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"rate(5 minutes)", "cron(0/7 9-17 ? * MON-FRI *)", "cron(0 0 LW 2 ? 2030)", "cron(59 23 L-3 */2 ? *)",
		"cron(1 2 ? JAN 3#5 *)", "cron(0 0 31W * ? *)", "at(2027-01-31T09:00:00)", "cron(0 22-2 ? * SATL *)",
	} {
		f.Add(seed, "Europe/Berlin", int64(1_800_000_000))
		f.Add(seed, "", int64(1_830_297_600)) // 2028-01-01
	}
	f.Fuzz(func(t *testing.T, expression, zone string, seconds int64) {
		schedule, err := Parse(expression, zone)
		if err != nil {
			if schedule != nil || err.Error() == "" {
				t.Fatalf("schedule %v with the error %q", schedule, err)
			}
			return
		}
		after := time.Unix(seconds%(1<<33), 0)
		next, fires := schedule.Next(after)
		if !fires {
			return
		}
		if !next.After(after) {
			t.Fatalf("%s fires at %s, which is not after %s", expression, next, after)
		}
		crontab, ok := schedule.(cron)
		if !ok {
			return
		}
		if !crontab.includes(next) {
			t.Fatalf("%s fires at %s, which it does not include", expression, next)
		}
		// Minute by minute, as far as that is quick.
		for at := after.Truncate(time.Minute).Add(time.Minute); at.Before(next); at = at.Add(time.Minute) {
			if at.Sub(after) > 48*time.Hour {
				break
			}
			_, before := at.In(crontab.zone).Add(-4 * time.Hour).Zone()
			_, behind := at.In(crontab.zone).Add(4 * time.Hour).Zone()
			if before == behind && crontab.includes(at) { // not where the clock is put back
				t.Fatalf("%s fires at %s after %s, but misses %s", expression, next, after, at)
			}
		}
	})
}

// includes reports whether each field of the expression includes the time.
func (c cron) includes(at time.Time) bool {
	at = at.In(c.zone)
	for _, field := range []struct {
		values []int
		value  int
	}{{c.minutes, at.Minute()}, {c.hours, at.Hour()}, {c.months, int(at.Month())}, {c.years, at.Year()}} {
		found := false
		for _, value := range field.values {
			found = found || value == field.value
		}
		if !found {
			return false
		}
	}
	return at.Second() == 0 && c.days.include(at.Year(), int(at.Month()), at.Day())
}
