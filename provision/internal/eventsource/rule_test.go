package eventsource

import (
	"strings"
	"testing"
	"time"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

// Short names for tables.
type (
	eventRule   = sparta.CloudWatchEventsRule
	eventRules  = map[string]sparta.CloudWatchEventsRule
	aTarget     = sparta.CloudWatchEventsRuleTarget
	transformer = sparta.EventBridgeInputTransformer
	retries     = sparta.EventRetryPolicy
	oneSchedule = sparta.SchedulerSchedule
	logFilters  = map[string]sparta.CloudWatchLogsSubscriptionFilter
	exporters   = []sparta.LambdaPermissionExporter
)

func timed(expression string, change func(*eventRule)) exporters {
	rule := sparta.CloudWatchEventsRule{ScheduleExpression: expression}
	if change != nil {
		change(&rule)
	}
	return one(sparta.CloudWatchEventsPermission{Rules: eventRules{"nightly": rule}})
}

func sending(target aTarget) exporters {
	return timed("rate(1 day)", func(r *eventRule) { r.RuleTarget = &target })
}

func matching(pattern map[string]any) exporters {
	return timed("", func(r *eventRule) { r.EventPattern = pattern })
}

func onBus(bus any, schedule string) exporters {
	rule := &sparta.EventBridgeRule{EventBusName: bus, ScheduleExpression: schedule}
	if schedule == "" {
		rule.EventPattern = map[string]any{"source": []any{"shop"}}
	}
	return one(sparta.EventBridgePermission{Rule: rule})
}

func TestRulesThatAreRefused(t *testing.T) {
	refusals{
		"no rules": {one(sparta.CloudWatchEventsPermission{}), "it has no Rules: add a rule"},
		"no rule":  {one(sparta.EventBridgePermission{}), "it has no Rule"},
		"neither pattern nor schedule": {
			timed("", nil), `rule "nightly": EventPattern and ScheduleExpression are missing`,
		},
		"dead letters to the URL of a queue": {
			sending(aTarget{DeadLetterConfigArn: cloudformation.Ref("Queue")}),
			`RuleTarget.DeadLetterConfigArn refers to the URL of queue Queue: use its ARN, cloudformation.GetAtt{`,
		},
		"a rate of zero": {
			timed("rate(0 minutes)", nil), `rule "nightly": ScheduleExpression rate(0 minutes): it never fires`,
		},
		"the 31st of February": {
			timed("cron(0 0 31 2 ? *)", nil), `rule "nightly": ScheduleExpression cron(0 0 31 2 ? *) never fires after`,
		},
		"a year in the past": {timed("cron(0 0 1 1 ? 2020)", nil), "never fires after"},
		"both days unspecified": {
			timed("cron(0 0 ? * ? *)", nil), "day-of-month and day-of-week are both ?",
		},
		"both days specified":         {timed("cron(0 0 * * * *)", nil), "use ? for one of them"},
		"a plural unit after one":     {timed("rate(1 hours)", nil), "use rate(1 hour)"},
		"a single time":               {timed("at(2099-01-01T00:00:00)", nil), "rules have no at(…)"},
		"text that is not a schedule": {timed("every day", nil), "it is not a schedule"},
		"a schedule on another bus": {
			onBus("shop", "rate(1 day)"), "EventBusName is set, but only the default bus has schedules",
		},
		"a bus that is a number": {onBus(5, ""), "Rule: EventBusName of type int is invalid"},
		"a bus that is a topic": {
			onBus(cloudformation.Ref("Topic"), ""), "EventBusName Topic refers to a resource of type AWS::SNS::Topic",
		},
		"an empty pattern": {matching(map[string]any{}), `rule "nightly": EventPattern is empty`},
		"a pattern without lists": {
			matching(map[string]any{"source": "shop"}), `EventPattern.source is "shop", which is not a list`,
		},
		"a pattern with an empty list": {
			matching(map[string]any{"detail": map[string]any{"a": []any{}}}), "EventPattern.detail.a is an empty list",
		},
		"an empty nested pattern": {
			matching(map[string]any{"detail": map[string]any{}}), "EventPattern.detail is empty",
		},
		"an unknown operator": {
			matching(map[string]any{"source": []any{map[string]any{"like": "a"}}}),
			`EventPattern.source[0] has the key "like"`,
		},
		"two operators at once": {
			matching(map[string]any{"a": []any{map[string]any{"prefix": "a", "suffix": "b"}}}),
			"EventPattern.a[0] has 2 keys",
		},
		"a list in a list": {
			matching(map[string]any{"a": []any{[]any{1}}}), "EventPattern.a[0] is a list in a list",
		},
		"an input that is not JSON": {
			sending(aTarget{Input: "hello"}), "RuleTarget.Input hello is not JSON",
		},
		"an input that is an object": {
			sending(aTarget{Input: map[string]any{"a": 1}}),
			"RuleTarget.Input of type map[string]interface {} is invalid",
		},
		"an input that is long": {
			sending(aTarget{Input: `"` + strings.Repeat("a", 8192) + `"`}), "use at most 8192",
		},
		"two inputs": {
			sending(aTarget{Input: "{}", InputPath: "$.detail"}), "RuleTarget has more than one of",
		},
		"a path without a root": {
			sending(aTarget{InputPath: "detail"}), `RuleTarget.InputPath "detail" is not a JSON path`,
		},
		"an empty transformer": {
			sending(aTarget{InputTransformer: &transformer{}}), "InputTemplate is missing",
		},
		"a value that is not defined": {
			sending(aTarget{InputTransformer: &transformer{InputTemplate: `{"a": <id>}`}}),
			"InputTemplate has <id>, which InputPathsMap does not define",
		},
		"a value without a root": {
			sending(aTarget{InputTransformer: &transformer{
				InputTemplate: "<id>", InputPathsMap: map[string]string{"id": "detail.id"},
			}}),
			`InputPathsMap.id "detail.id" is not a JSON path`,
		},
		"a value with a dot in its name": {
			sending(aTarget{InputTransformer: &transformer{
				InputTemplate: "<a.b>", InputPathsMap: map[string]string{"a.b": "$.id"},
			}}),
			`InputPathsMap has the name "a.b": use letters, digits, _ and -`,
		},
		"a value with a reserved name": {
			sending(aTarget{InputTransformer: &transformer{
				InputTemplate: "<AWSid>", InputPathsMap: map[string]string{"AWSid": "$.id"},
			}}),
			"names that begin with AWS are reserved",
		},
		"dead letters to a topic": {
			sending(aTarget{DeadLetterConfigArn: cloudformation.Ref("Topic")}),
			"RuleTarget.DeadLetterConfigArn Topic refers to a resource of type AWS::SNS::Topic",
		},
		"dead letters to a FIFO queue": {
			sending(aTarget{DeadLetterConfigArn: "arn:aws:sqs:us-east-1:123456789012:a.fifo"}), "is a FIFO queue",
		},
		"dead letters to a number": {
			sending(aTarget{DeadLetterConfigArn: 5}), "RuleTarget.DeadLetterConfigArn of type int is invalid",
		},
		"too many retries": {
			sending(aTarget{RetryPolicy: &retries{MaximumRetryAttempts: 200}}),
			"RuleTarget.RetryPolicy.MaximumRetryAttempts 200 is invalid: use 1 to 185, or -2 (NoRetries)",
		},
		"retries for a second": {
			sending(aTarget{RetryPolicy: &retries{MaximumEventAgeInSeconds: 1}}),
			"MaximumEventAgeInSeconds 1 is invalid: use 60 to 86400",
		},
		"a description that is long": {
			timed("rate(1 day)", func(r *eventRule) { r.Description = strings.Repeat("a", 513) }),
			"Description has 513 characters: use at most 512",
		},
		"a pattern and a schedule": {
			timed("rate(1 day)", func(r *eventRule) { r.EventPattern = map[string]any{"source": []any{"a"}} }),
			"EventPattern and ScheduleExpression are both set",
		},
		"a source besides the rules": {
			one(sparta.CloudWatchEventsPermission{
				BasePermission: sparta.BasePermission{SourceArn: "arn:aws:events:us-east-1:123456789012:rule/a"},
				Rules:          eventRules{"a": {ScheduleExpression: "rate(1 day)"}},
			}),
			"SourceArn is set, but the source is the rules: remove it",
		},
		"two rules without a name": {
			append(onBus(nil, "rate(1 day)"), onBus("shop", "")...),
			"the template already has HelloEventBridgeRule: use names",
		},
		"two names that make the same logical ID": {
			one(sparta.CloudWatchEventsPermission{Rules: eventRules{
				"a-b": {ScheduleExpression: "rate(1 day)"}, "a b": {ScheduleExpression: "rate(1 day)"},
			}}),
			"the template already has HelloABRule: use names that differ",
		},
		"a repository without a name": {one(sparta.CodeCommitPermission{}), "RepositoryName is missing"},
		"a repository that is a number": {
			one(sparta.CodeCommitPermission{RepositoryName: 5}), "RepositoryName of type int is invalid",
		},
		"an unknown event of a repository": {
			one(sparta.CodeCommitPermission{RepositoryName: "site", Events: []string{"push"}}),
			`event "push" of Events is unknown`,
		},
	}.test(t)
}

func TestRulesThatAreAccepted(t *testing.T) {
	for name, permissions := range map[string]exporters{
		"a disabled rule in the past": timed("cron(0 0 1 1 ? 2020)", func(r *eventRule) { r.Disabled = true }),
		"the default bus by name":     onBus("default", "rate(1 day)"),
		"a pattern with an intrinsic": matching(map[string]any{"resources": []any{cloudformation.Ref("Topic")}}),
		"alternatives": matching(map[string]any{"$or": []any{
			map[string]any{"source": []any{"a"}}, map[string]any{"detail": map[string]any{"b": []any{nil, true, 1.5}}},
		}}),
		"an input that is an intrinsic": sending(aTarget{Input: cloudformation.Sub(`"${Topic}"`)}),
	} {
		if got := refused(t, permissions...); got != "" {
			t.Errorf("%s: %s", name, got)
		}
	}
}

func TestSchedulesThatAreRefused(t *testing.T) {
	schedule := func(expression, zone string, change func(*oneSchedule)) exporters {
		schedule := sparta.SchedulerSchedule{ScheduleExpression: expression, ScheduleExpressionTimezone: zone}
		if change != nil {
			change(&schedule)
		}
		return one(sparta.SchedulerPermission{Schedules: map[string]sparta.SchedulerSchedule{"greeting": schedule}})
	}
	past, future := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2098, 1, 1, 0, 0, 0, 0, time.UTC)
	refusals{
		"no schedules":  {one(sparta.SchedulerPermission{}), "it has no Schedules: add a schedule"},
		"no expression": {schedule("", "", nil), `schedule "greeting": ScheduleExpression is missing`},
		"a time in the past": {
			schedule("at(2020-01-01T00:00:00)", "", nil), "at(2020-01-01T00:00:00) never fires after",
		},
		"dead letters to the URL of a queue": {
			schedule("rate(1 day)", "", func(s *oneSchedule) { s.DeadLetterConfigArn = cloudformation.Ref("Queue") }),
			"DeadLetterConfigArn refers to the URL of queue Queue: use its ARN",
		},
		"a rate of zero":       {schedule("rate(0 days)", "", nil), "it never fires"},
		"the 31st of February": {schedule("cron(0 0 31 2 ? *)", "Europe/Berlin", nil), "never fires after"},
		"a year in the past":   {schedule("cron(0 0 1 1 ? 2020)", "", nil), "never fires after"},
		"both days unspecified": {
			schedule("cron(0 0 ? * ? *)", "", nil), "day-of-month and day-of-week are both ?",
		},
		"an unknown zone": {
			schedule("rate(1 day)", "Europe/Bonn", nil), `time zone "Europe/Bonn" is unknown`,
		},
		"an end in the past": {
			schedule("rate(1 day)", "", func(s *oneSchedule) { s.EndDate = past }),
			"after EndDate 2020-01-01T00:00:00Z",
		},
		"an end before the time": {
			schedule("cron(0 0 1 1 ? 2099)", "", func(s *oneSchedule) { s.EndDate = future }),
			"first fires at 2099-01-01T00:00:00Z, after EndDate 2098-01-01T00:00:00Z",
		},
		"an end before the start": {
			schedule("rate(1 day)", "", func(s *oneSchedule) { s.StartDate, s.EndDate = future, past }),
			"EndDate 2020-01-01T00:00:00Z is not after StartDate",
		},
		"a start after the last time": {
			schedule("cron(0 0 1 1 ? 2097)", "", func(s *oneSchedule) { s.StartDate = future }),
			"never fires after 2097-12-31T23:59:59Z",
		},
		"one time with a start": {
			schedule("at(2097-01-01T00:00:00)", "", func(s *oneSchedule) { s.StartDate = future }),
			"StartDate and EndDate have no effect on at(",
		},
		"a window of two days": {
			schedule("rate(1 day)", "", func(s *oneSchedule) { s.FlexibleTimeWindow = 2880 }),
			"FlexibleTimeWindow 2880 is invalid: use 1 to 1440 minutes",
		},
		"an input that is a word": {
			schedule("rate(1 day)", "", func(s *oneSchedule) { s.Input = "hello" }), "Input hello is not JSON",
		},
		"a group that is a number": {
			schedule("rate(1 day)", "", func(s *oneSchedule) { s.GroupName = 5 }), "GroupName of type int is invalid",
		},
		"a key that is a number": {
			schedule("rate(1 day)", "", func(s *oneSchedule) { s.KmsKeyArn = 5 }), "KmsKeyArn of type int is invalid",
		},
		"dead letters to a topic": {
			schedule("rate(1 day)", "", func(s *oneSchedule) { s.DeadLetterConfigArn = cloudformation.Ref("Topic") }),
			"DeadLetterConfigArn Topic refers to a resource of type AWS::SNS::Topic",
		},
	}.test(t)
	for name, permissions := range map[string]exporters{
		"a disabled schedule in the past": schedule("at(2020-01-01T00:00:00)", "", func(s *oneSchedule) {
			s.Disabled = true
		}),
		"a plural unit after one": schedule("rate(1 days)", "", nil),
		"a start in the past":     schedule("rate(1 day)", "", func(s *oneSchedule) { s.StartDate = past }),
		"a time at the start": schedule("cron(0 0 1 1 ? 2098)", "", func(s *oneSchedule) {
			s.StartDate = future
		}),
	} {
		if got := refused(t, permissions...); got != "" {
			t.Errorf("%s: %s", name, got)
		}
	}
}

func TestLogFiltersThatAreRefused(t *testing.T) {
	filters := func(groups ...any) exporters {
		permission := sparta.CloudWatchLogsPermission{Filters: logFilters{}}
		for i, group := range groups {
			permission.Filters[string(rune('a'+i))] = sparta.CloudWatchLogsSubscriptionFilter{LogGroupName: group}
		}
		return one(permission)
	}
	refusals{
		"no filters":   {filters(), "it has no Filters: add a filter"},
		"no log group": {filters(nil), `filter "a": LogGroupName of type <nil> is invalid`},
		"its own log group": {
			filters(cloudformation.Ref("HelloLogGroup")),
			`filter "a": LogGroupName HelloLogGroup is the function's own log group`,
		},
		"its own log group by name": {
			filters("/aws/lambda/Test-hello"), "/aws/lambda/Test-hello is the function's own log group",
		},
		"the ARN of a log group": {
			filters(cloudformation.GetAtt{"OtherLogs", "Arn"}),
			`LogGroupName OtherLogs.Arn is not the log group's name: use cloudformation.Ref("OtherLogs")`,
		},
		"a topic": {
			filters(cloudformation.Ref("Topic")),
			"LogGroupName Topic refers to a resource of type AWS::SNS::Topic: use a log group",
		},
		"three filters of a log group": {
			filters("/shop", "/shop", "/shop"),
			"LogGroupName /shop has 3 subscription filters, but a log group can have only 2",
		},
		"a source besides the filters": {
			one(sparta.CloudWatchLogsPermission{
				BasePermission: sparta.BasePermission{SourceArn: "arn:aws:logs:us-east-1:123456789012:log-group:a"},
				Filters:        logFilters{"a": {LogGroupName: "/shop"}},
			}),
			"SourceArn is set, but the sources are the filters' log groups",
		},
		"a pattern with more than 1,024 characters": {
			one(sparta.CloudWatchLogsPermission{Filters: logFilters{
				"a": {LogGroupName: "/shop", FilterPattern: strings.Repeat("a", 1025)},
			}}),
			"FilterPattern has 1025 characters: use at most 1024",
		},
	}.test(t)
	if got := refused(t, filters(cloudformation.Ref("OtherLogs"), "/shop", "/shop")...); got != "" {
		t.Error(got)
	}
}
