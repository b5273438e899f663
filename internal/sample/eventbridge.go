package sample

// eventBridge returns the source whose sample is an event of a bus. It has a source and a type that the pattern of a
// rule names, if there is one.
func eventBridge() source {
	return source{"eventbridge", func(s service) any {
		pattern := s.pattern()
		return busEvent(oneOf(pattern["source"], "com.example.shop"), oneOf(pattern["detail-type"], "order placed"),
			[]string{}, object{"order": 1})
	}}
}

// busEvent returns an event as EventBridge sends it.
func busEvent(from, kind string, resources []string, detail object) object {
	return object{
		"version":     "0",
		"id":          id,
		"detail-type": kind,
		"source":      from,
		"account":     account,
		"time":        instant,
		"region":      region,
		"resources":   resources,
		"detail":      detail,
	}
}

// pattern returns the first pattern of the service's rules, or an empty one.
func (s service) pattern() object {
	rule, _ := s.permission("EventBridgePermission")["rule"].(object)
	if pattern, _ := rule["eventPattern"].(object); pattern != nil {
		return pattern
	}
	rules, _ := s.permission("CloudWatchEventsPermission")["rules"].(object)
	for _, name := range sorted(rules) {
		rule, _ := rules[name].(object)
		if pattern, _ := rule["eventPattern"].(object); pattern != nil {
			return pattern
		}
	}
	return object{}
}

// oneOf returns the first entry of a list in a pattern if it is text, or else a default.
func oneOf(list any, fallback string) string {
	if values, _ := list.([]any); len(values) > 0 {
		if text, isText := values[0].(string); isText {
			return text
		}
	}
	return fallback
}
