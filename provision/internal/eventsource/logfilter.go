package eventsource

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/internal/expression"
	"github.com/go-sparta/sparta/internal/logicalid"
	"github.com/go-sparta/sparta/provision/internal/delivery"
	"github.com/go-sparta/sparta/provision/internal/show"
	"github.com/go-sparta/sparta/sparta"
)

// logFilter is a subscription of the function to lines of a log group.
type logFilter struct {
	name    string
	account string // of the log group; empty means any
	sparta.CloudWatchLogsSubscriptionFilter
}

// maxLogFilters is how many subscription filters a log group can have.
const maxLogFilters = 2

func (s logFilter) addTo(template *cloudformation.Template, target Target) error {
	return at(s, s.add(template, target))
}

func (s logFilter) place() string { return fmt.Sprintf("filter %q", s.name) }

func (s logFilter) add(template *cloudformation.Template, target Target) error {
	what := logicalid.Words(s.name) + "Logs"
	filter := target.ID + what + "Filter"
	if err := unused(template, filter); err != nil {
		return err
	}
	if err := s.settings(target.now()); err != nil {
		return err
	}
	if err := s.check(template, target); err != nil {
		return err
	}
	source := sparta.BasePermission{SourceArn: s.arn(), SourceAccount: s.account}
	if err := addPermission(template, target, what, "logs.amazonaws.com", source); err != nil {
		return err
	}
	return template.Add(filter, &cloudformation.Resource{
		Type:      "AWS::Logs::SubscriptionFilter",
		DependsOn: []string{target.ID + what + "Permission"}, // CloudWatch Logs checks the permission at once
		Properties: map[string]any{
			"LogGroupName":   s.LogGroupName,
			"FilterPattern":  s.FilterPattern,
			"DestinationArn": target.arn(),
		},
	})
}

// settings returns an error if a setting of the filter is invalid.
func (s logFilter) settings(time.Time) error {
	return errors.Join(
		delivery.Required("LogGroupName", s.LogGroupName, "a log group's name"),
		delivery.AtMost("FilterPattern", s.FilterPattern, 1024),
	)
}

// check returns an error if the function cannot subscribe to the log group.
func (s logFilter) check(template *cloudformation.Template, target Target) error {
	words := show.Expression(s.LogGroupName)
	targets, err := cloudformation.References(s.LogGroupName)
	if err != nil {
		return fmt.Errorf("LogGroupName %s: %w", words, err)
	}
	if len(targets) == 1 && template.Resources[targets[0]] != nil {
		if kind := template.Resources[targets[0]].Type; kind != "AWS::Logs::LogGroup" {
			return fmt.Errorf("LogGroupName %s refers to a resource of type %s: use a log group", words, kind)
		}
		if words != targets[0] {
			return fmt.Errorf("LogGroupName %s is not the log group's name: use cloudformation.Ref(%q)", words,
				targets[0])
		}
	}
	if slices.Contains(ownLogGroups(template, target), words) {
		return fmt.Errorf("LogGroupName %s is the function's own log group, so each line that it logs would invoke "+
			"it again: use another function", words)
	}
	count := 1
	for _, resource := range template.Resources {
		if resource != nil && resource.Type == "AWS::Logs::SubscriptionFilter" &&
			show.Expression(resource.Properties["LogGroupName"]) == words {
			count++
		}
	}
	if count > maxLogFilters {
		return fmt.Errorf("LogGroupName %s has %d subscription filters, but a log group can have only %d: "+
			"combine their patterns", words, count, maxLogFilters)
	}
	return nil
}

// ownLogGroups are the expressions that result in the name of the function's log group.
func ownLogGroups(template *cloudformation.Template, target Target) []string {
	own := target.ID + "LogGroup"
	groups := []string{own, target.LogGroup}
	if group := template.Resources[own]; group != nil {
		groups = append(groups, show.Expression(group.Properties["LogGroupName"]))
	}
	if function := template.Resources[string(target.function())]; function != nil {
		if logging, ok := function.Properties["LoggingConfig"].(map[string]any); ok && logging["LogGroup"] != nil {
			groups = append(groups, show.Expression(logging["LogGroup"]))
		}
	}
	return groups
}

// arn is that of the log group and of everything in it.
func (s logFilter) arn() any {
	const prefix = cloudformation.Sub("arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:")
	if name, ok := expression.Text(s.LogGroupName); ok {
		return prefix + cloudformation.Sub(name+":*")
	}
	return cloudformation.Join{Separator: "", Values: []any{prefix, s.LogGroupName, ":*"}}
}

func (logFilter) statements(*cloudformation.Template) []map[string]any { return nil }

func (logFilter) permissions() []string {
	return append(permissionActions(), "logs:PutSubscriptionFilter", "logs:DescribeSubscriptionFilters",
		"logs:DeleteSubscriptionFilter")
}

func (s logFilter) neighbour() show.Neighbour {
	title := show.Expression(s.LogGroupName)
	return show.Neighbour{Invokes: true, Name: title, Title: title, Subtitle: "CloudWatch Logs", Sample: "logs"}
}

func (s logFilter) facts() []show.Fact {
	value := show.Expression(s.LogGroupName)
	if s.FilterPattern != "" {
		value += ", lines that match " + s.FilterPattern
	}
	if s.account != "" {
		value += ", of account " + s.account
	}
	return []show.Fact{{Name: "Logs " + s.name, Value: value}}
}
