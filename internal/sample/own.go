package sample

import (
	"slices"

	"github.com/go-sparta/sparta/sparta"
)

// Own returns the names of the sources that invoke a function, in the order in which it lists them. They have samples.
func Own(function sparta.FunctionDescription) []string {
	var names []string
	add := func(name string) {
		if name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	for _, permission := range permissionsOf(function.Permissions) {
		for _, name := range permission.sources() {
			add(name)
		}
	}
	for _, mapping := range function.EventSourceMappings {
		add(OfMapping(mapping))
	}
	for _, association := range function.EdgeAssociations {
		add(association.EventType)
	}
	return names
}

// sources returns the names of a permission's sources.
func (p permission) sources() []string {
	switch p.kind {
	case "LambdaPermission":
		principal, _ := p.fields["principal"].(string)
		return []string{OfPrincipal(principal)}
	case "CloudWatchEventsPermission":
		rules, _ := p.fields["rules"].(object)
		var names []string
		for _, name := range sorted(rules) {
			names = append(names, ofRule(rules[name]))
		}
		return names
	case "EventBridgePermission":
		return []string{ofRule(p.fields["rule"])}
	}
	return []string{map[string]string{
		"CloudWatchLogsPermission": "logs", "CodeCommitPermission": "codecommit", "S3Permission": "s3",
		"SchedulerPermission": "scheduler", "SESPermission": "ses", "SNSPermission": "sns",
	}[p.kind]}
}

func ofRule(rule any) string {
	fields, _ := rule.(object)
	if expression, _ := fields["scheduleExpression"].(string); expression != "" {
		return "schedule"
	}
	return "eventbridge"
}

// OfMapping returns the name of a mapping's source.
func OfMapping(m *sparta.EventSourceMapping) string {
	switch kind := kindOf(m); kind {
	case "kafka":
		return "msk"
	case "self-managed":
		return "kafka"
	case "rds":
		return "documentdb"
	case "mq":
		for _, access := range m.SourceAccessConfigurations {
			if access.Type == "VIRTUAL_HOST" {
				return "rabbitmq"
			}
		}
		return "activemq"
	default:
		return kind
	}
}

// OfPrincipal returns the name of the source that an AWS service is; empty if there is no sample of it.
func OfPrincipal(principal string) string {
	return map[string]string{
		"alexa-appkit.amazon.com": "alexa", "cognito-idp.amazonaws.com": "cognito", "config.amazonaws.com": "config",
		"elasticloadbalancing.amazonaws.com": "alb", "events.amazonaws.com": "eventbridge",
		"iot.amazonaws.com": "iot", "lex.amazonaws.com": "lex", "lexv2.amazonaws.com": "lex",
		"s3.amazonaws.com": "s3", "scheduler.amazonaws.com": "scheduler", "ses.amazonaws.com": "ses",
		"sns.amazonaws.com": "sns",
	}[principal]
}
