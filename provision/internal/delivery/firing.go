package delivery

import (
	"fmt"
	"time"

	"github.com/go-sparta/sparta/internal/schedule"
)

// Firing is what determines the times at which a schedule fires.
type Firing struct {
	Expression string
	Disabled   bool // it intentionally never fires
	Start, End time.Time
	Now        time.Time
}

// Fires returns an error if a schedule will never invoke the function.
func Fires(s schedule.Schedule, f Firing) error {
	after := f.Now
	if f.Start.After(after) {
		after = f.Start.Add(-time.Second)
	}
	next, found := s.Next(after)
	switch {
	case f.Disabled:
		return nil
	case !found:
		return fmt.Errorf("ScheduleExpression %s never fires after %s: set a time that is still to come, disable it "+
			"(Disabled) or remove it", f.Expression, after.UTC().Format(time.RFC3339))
	case !f.End.IsZero() && next.After(f.End):
		return fmt.Errorf("ScheduleExpression %s first fires at %s, after EndDate %s: set a later EndDate, disable "+
			"it (Disabled) or remove it", f.Expression, next.Format(time.RFC3339), f.End.Format(time.RFC3339))
	}
	return nil
}
