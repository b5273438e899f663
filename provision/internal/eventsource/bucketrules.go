package eventsource

import (
	"fmt"
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/internal/expression"
	"github.com/go-sparta/sparta/provision/internal/s3event"
	"github.com/go-sparta/sparta/sparta"
)

// addRules lets the bucket send its events to EventBridge, if it is the template's, and adds a rule for each kind.
func (s bucket) addRules(template *cloudformation.Template, target Target) error {
	id, name := bucketID(template, s.SourceArn), any(nil)
	if id != "" {
		name = cloudformation.Ref(id)
		if err := sendToEventBridge(id, template.Resources[id]); err != nil {
			return err
		}
	} else if arn, isText := expression.Text(s.SourceArn); isText {
		name = arn[strings.Index(arn, ":::")+len(":::"):]
	} else {
		name = cloudformation.Select{Index: 5, From: cloudformation.Split{Separator: ":", Value: s.SourceArn}}
	}
	for _, event := range s.Events {
		detail, known := s3event.Details()[event]
		if !known {
			return fmt.Errorf("event %s of Events is not one that S3 sends to EventBridge: use another one, such as "+
				"s3:ObjectCreated:*, or clear EventBridge", event)
		}
		if err := s.addRule(template, target, event, detail, name); err != nil {
			return err
		}
	}
	return nil
}

// addRule adds the rule of one kind of events, and lets it invoke the function.
func (s bucket) addRule(
	template *cloudformation.Template, target Target, event string, kind s3event.Detail, name any,
) error {
	detail := map[string]any{"bucket": map[string]any{"name": []any{name}}}
	for field, value := range kind.Fields {
		detail[field] = []string{value}
	}
	if pattern := s.selection().KeyPattern(); pattern != nil {
		detail["object"] = map[string]any{"key": []any{pattern}}
	}
	pattern := map[string]any{"source": []string{"aws.s3"}, "detail-type": []string{kind.Kind}, "detail": detail}
	if s.SourceAccount != "" {
		pattern["account"] = []string{s.SourceAccount}
	}
	what := "S3" + identity(s.SourceArn) + sum([]any{event, s.Filter.Prefix(), s.Filter.Suffix()})
	rule := target.ID + what + "Rule"
	err := template.Add(rule, &cloudformation.Resource{Type: "AWS::Events::Rule", Properties: map[string]any{
		"Description":  "Events " + event + " of a bucket",
		"EventPattern": pattern,
		"Targets":      []any{map[string]any{"Id": "Function", "Arn": target.arn()}},
	}})
	if err != nil {
		return err
	}
	base := sparta.BasePermission{SourceArn: cloudformation.GetAtt{rule, "Arn"}}
	return addPermission(template, target, what, "events.amazonaws.com", base)
}
