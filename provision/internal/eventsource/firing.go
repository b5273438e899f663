package eventsource

import (
	"fmt"
	"time"

	"github.com/go-sparta/sparta/internal/schedule"
)

// firing is what a schedule's times depend on, besides its expression.
type firing struct {
	expression string
	disabled   bool // it never fires, on purpose
	start, end time.Time
	now        time.Time
}

// fires returns an error if a schedule will never invoke the function.
func fires(s schedule.Schedule, f firing) error {
	after := f.now
	if f.start.After(after) {
		after = f.start.Add(-time.Second)
	}
	next, found := s.Next(after)
	switch {
	case f.disabled:
		return nil
	case !found:
		return fmt.Errorf("ScheduleExpression %s never fires after %s: set a time that is still to come, disable it "+
			"(Disabled) or remove it", f.expression, after.UTC().Format(time.RFC3339))
	case !f.end.IsZero() && next.After(f.end):
		return fmt.Errorf("ScheduleExpression %s does not fire before EndDate %s, but at %s: set a later EndDate, "+
			"disable it (Disabled) or remove it", f.expression, f.end.Format(time.RFC3339), next.Format(time.RFC3339))
	}
	return nil
}
