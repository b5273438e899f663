package sample

// schedule returns the source whose sample is what a rule with a schedule sends.
func schedule() source {
	return source{"schedule", func(s service) any {
		name := "hourly"
		rules, _ := s.permission("CloudWatchEventsPermission")["rules"].(object)
		for _, rule := range sorted(rules) {
			if fields, _ := rules[rule].(object); fields["scheduleExpression"] != nil {
				name = rule
				break
			}
		}
		return busEvent("aws.events", "Scheduled Event", []string{inRegion("events") + "rule/" + name}, object{})
	}}
}
