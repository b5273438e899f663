package eventsource

import (
	"fmt"
	"maps"
	"slices"

	"github.com/go-sparta/sparta/internal/logicalid"
	"github.com/go-sparta/sparta/sparta"
)

// split makes a source of each thing that a permission names: its rules, schedules or filters. It returns nil for a
// permission that is one source itself.
func split(permission sparta.LambdaPermissionExporter) []source {
	switch permission := permission.(type) {
	case sparta.CloudWatchEventsPermission:
		return each(permission.Rules, func(name string, given sparta.CloudWatchEventsRule) source {
			return cloudWatchRule(name, given)
		})
	case sparta.EventBridgePermission:
		if permission.Rule == nil {
			return []source{} // sparta.Validate reports it
		}
		return []source{eventBridgeRule(*permission.Rule)}
	case sparta.CodeCommitPermission:
		return []source{repository{permission}}
	case sparta.SchedulerPermission:
		return each(permission.Schedules, func(name string, given sparta.SchedulerSchedule) source {
			return scheduled{name, given}
		})
	case sparta.CloudWatchLogsPermission:
		return each(permission.Filters, func(name string, given sparta.CloudWatchLogsSubscriptionFilter) source {
			return logFilter{name, permission.SourceAccount, given}
		})
	}
	return nil
}

// each makes a source of each entry, in the order of their names.
func each[V any](entries map[string]V, of func(name string, entry V) source) []source {
	list := []source{}
	for _, name := range slices.Sorted(maps.Keys(entries)) {
		list = append(list, of(name, entries[name]))
	}
	return list
}

// cloudWatchRule is a rule on the default bus.
func cloudWatchRule(name string, given sparta.CloudWatchEventsRule) rule {
	return rule{
		field: fmt.Sprintf("rule %q", name),
		id:    logicalid.Words(name) + "Rule",
		EventBridgeRule: sparta.EventBridgeRule{
			Name:               name,
			Description:        given.Description,
			EventPattern:       given.EventPattern,
			ScheduleExpression: given.ScheduleExpression,
			RuleTarget:         given.RuleTarget,
			Disabled:           given.Disabled,
		},
	}
}

// eventBridgeRule is a rule on any bus.
func eventBridgeRule(given sparta.EventBridgeRule) rule {
	return rule{
		field:           "Rule",
		id:              "EventBridge" + logicalid.Words(given.Name) + "Rule",
		EventBridgeRule: given,
	}
}
