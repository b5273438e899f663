package sparta

import (
	"errors"
	"time"
)

// SchedulerPermission invokes the function by schedules of EventBridge Scheduler, which have time zones. The schedules
// use a role that may invoke the function.
type SchedulerPermission struct {
	Schedules map[string]SchedulerSchedule `json:"schedules"` // by name, which differs from the function's others
}

// SchedulerSchedule says when the function is invoked, and with which input.
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
	Input              any   `json:"input,omitempty"`     // JSON text, or an intrinsic that results in it
	// DeadLetterConfigArn is the ARN of an SQS queue that keeps what the function did not receive, or an intrinsic
	// that results in one.
	DeadLetterConfigArn any               `json:"deadLetterConfigArn,omitempty"`
	RetryPolicy         *EventRetryPolicy `json:"retryPolicy,omitempty"`
	KmsKeyArn           any               `json:"kmsKeyArn,omitempty"` // the key that encrypts the schedule
	Disabled            bool              `json:"disabled,omitempty"`
}

func (p SchedulerPermission) problems() []error {
	if len(p.Schedules) == 0 {
		return []error{errors.New("it has no Schedules: add a schedule")}
	}
	return nil
}
