package sparta

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// SchedulerPermission invokes the function by schedules of EventBridge Scheduler, which have time zones. The schedules
// use a role that may invoke the function.
type SchedulerPermission struct {
	Schedules map[string]SchedulerSchedule `json:"schedules"` // by a name that differs from the function's others
}

// SchedulerSchedule is when the function is invoked, and with what.
type SchedulerSchedule struct {
	Description string `json:"description,omitempty"`
	// ScheduleExpression is a rate, such as rate(5 minutes), a time of the calendar, such as
	// cron(0 9 ? * MON-FRI *), or one time, such as at(2030-01-31T09:00:00).
	ScheduleExpression string `json:"scheduleExpression"`
	// ScheduleExpressionTimezone is a name of the IANA database, such as Europe/Berlin. Empty means UTC.
	ScheduleExpressionTimezone string    `json:"scheduleExpressionTimezone,omitempty"`
	StartDate                  time.Time `json:"startDate,omitzero"`
	EndDate                    time.Time `json:"endDate,omitzero"`
	// FlexibleTimeWindow is the number of minutes within which the function is invoked: 1 to 1,440. 0 means at once.
	FlexibleTimeWindow int64 `json:"flexibleTimeWindow,omitempty"`
	GroupName          any   `json:"groupName,omitempty"` // a name or an intrinsic; nil means the default group
	Input              any   `json:"input,omitempty"`     // JSON in text, or an intrinsic that results in it
	// DeadLetterConfigArn is the ARN of an SQS queue that keeps what the function did not receive, or an intrinsic
	// that results in one.
	DeadLetterConfigArn any               `json:"deadLetterConfigArn,omitempty"`
	RetryPolicy         *EventRetryPolicy `json:"retryPolicy,omitempty"`
	KmsKeyArn           any               `json:"kmsKeyArn,omitempty"` // the key that encrypts the schedule
	Disabled            bool              `json:"disabled,omitempty"`
}

func (p SchedulerPermission) problems() []error {
	var errs []error
	if len(p.Schedules) == 0 {
		errs = append(errs, errors.New("it has no Schedules: add a schedule"))
	}
	for _, name := range slices.Sorted(maps.Keys(p.Schedules)) {
		errs = append(errs, within(fmt.Sprintf("schedule %q", name), p.Schedules[name].problems())...)
	}
	return errs
}

// problems checks what is quick to check. The rest is checked when the template is made.
func (s SchedulerSchedule) problems() []error {
	var errs []error
	if s.ScheduleExpression == "" {
		errs = append(errs, errors.New("ScheduleExpression is missing: use rate(5 minutes), for example"))
	}
	if len(s.Description) > 512 {
		errs = append(errs, fmt.Errorf("the Description has %d characters: use at most 512", len(s.Description)))
	}
	if s.FlexibleTimeWindow < 0 || s.FlexibleTimeWindow > 1440 {
		errs = append(errs, fmt.Errorf("FlexibleTimeWindow %d is invalid: use 1 to 1440 minutes, or 0 for none",
			s.FlexibleTimeWindow))
	}
	dated := !s.StartDate.IsZero() || !s.EndDate.IsZero()
	switch {
	case dated && strings.HasPrefix(s.ScheduleExpression, "at("):
		errs = append(errs, fmt.Errorf("StartDate and EndDate have no effect on %s: remove them", s.ScheduleExpression))
	case !s.StartDate.IsZero() && !s.EndDate.IsZero() && !s.EndDate.After(s.StartDate):
		errs = append(errs, fmt.Errorf("EndDate %s is not after StartDate %s: set a later one",
			s.EndDate.Format(time.RFC3339), s.StartDate.Format(time.RFC3339)))
	}
	if s.GroupName != nil && !isExpression(s.GroupName) {
		errs = append(errs, fmt.Errorf("GroupName of type %T is invalid: use a name or a CloudFormation intrinsic",
			s.GroupName))
	}
	if s.KmsKeyArn != nil && !isExpression(s.KmsKeyArn) {
		errs = append(errs, fmt.Errorf("KmsKeyArn of type %T is invalid: use an ARN or a CloudFormation intrinsic",
			s.KmsKeyArn))
	}
	errs = append(errs, inputProblems("Input", s.Input)...)
	if s.DeadLetterConfigArn != nil {
		errs = append(errs, requiredQueue("DeadLetterConfigArn", s.DeadLetterConfigArn)...)
	}
	return append(errs, within("RetryPolicy", s.RetryPolicy.problems())...)
}
