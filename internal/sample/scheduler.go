package sample

import "encoding/json"

// scheduler returns the source whose sample is what EventBridge Scheduler sends: the input of a schedule if the service
// has one, or else Scheduler's default.
func scheduler() source {
	return source{"scheduler", func(s service) any {
		name := "nightly"
		schedules, _ := s.permission("SchedulerPermission", "SchedulePermission")["schedules"].(object)
		if names := sorted(schedules); len(names) > 0 {
			name = names[0]
			fields, _ := schedules[name].(object)
			text, _ := fields["input"].(string)
			var input any
			if json.Unmarshal([]byte(text), &input) == nil {
				return input
			}
		}
		arn := inRegion("scheduler") + "schedule/default/" + name
		return busEvent("aws.scheduler", "Scheduled Event", []string{arn}, object{})
	}}
}
