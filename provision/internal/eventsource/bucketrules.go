package eventsource

import (
	"fmt"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

// eventDetail is how EventBridge describes a kind of S3's events.
type eventDetail struct {
	kind   string            // the detail type
	fields map[string]string // of the detail, if the detail type does not say everything
}

// eventDetails are EventBridge's descriptions by S3's types of events. EventBridge has no others.
func eventDetails() map[string]eventDetail {
	because := func(reason string) map[string]string { return map[string]string{"reason": reason} }
	deleted := func(reason, kind string) map[string]string {
		return map[string]string{"reason": reason, "deletion-type": kind}
	}
	const (
		created, removed  = "Object Created", "Object Deleted"
		request, expiry   = "DeleteObject", "Lifecycle Expiration"
		forever, versions = "Permanently Deleted", "Delete Marker Created"
	)
	return map[string]eventDetail{
		"s3:ObjectCreated:*":                         {created, nil},
		"s3:ObjectCreated:Put":                       {created, because("PutObject")},
		"s3:ObjectCreated:Post":                      {created, because("POST Object")},
		"s3:ObjectCreated:Copy":                      {created, because("CopyObject")},
		"s3:ObjectCreated:CompleteMultipartUpload":   {created, because("CompleteMultipartUpload")},
		"s3:ObjectRemoved:*":                         {removed, because(request)},
		"s3:ObjectRemoved:Delete":                    {removed, deleted(request, forever)},
		"s3:ObjectRemoved:DeleteMarkerCreated":       {removed, deleted(request, versions)},
		"s3:LifecycleExpiration:*":                   {removed, because(expiry)},
		"s3:LifecycleExpiration:Delete":              {removed, deleted(expiry, forever)},
		"s3:LifecycleExpiration:DeleteMarkerCreated": {removed, deleted(expiry, versions)},
		"s3:ObjectRestore:Post":                      {"Object Restore Initiated", nil},
		"s3:ObjectRestore:Completed":                 {"Object Restore Completed", nil},
		"s3:ObjectRestore:Delete":                    {"Object Restore Expired", nil},
		"s3:LifecycleTransition":                     {"Object Storage Class Changed", nil},
		"s3:IntelligentTiering":                      {"Object Access Tier Changed", nil},
		"s3:ObjectTagging:Put":                       {"Object Tags Added", nil},
		"s3:ObjectTagging:Delete":                    {"Object Tags Deleted", nil},
		"s3:ObjectAcl:Put":                           {"Object ACL Updated", nil},
	}
}

// addRules lets the bucket send its events to EventBridge, if it is the template's, and adds a rule for each kind.
func (s bucket) addRules(template *cloudformation.Template, target Target) error {
	id, name := bucketID(template, s.SourceArn), any(nil)
	if id != "" {
		name = cloudformation.Ref(id)
		if err := sendToEventBridge(id, template.Resources[id]); err != nil {
			return err
		}
	} else if arn, isText := s.SourceArn.(string); isText {
		name = arn[strings.Index(arn, ":::")+len(":::"):]
	} else {
		name = cloudformation.Select{Index: 5, From: cloudformation.Split{Separator: ":", Value: s.SourceArn}}
	}
	for _, event := range s.Events {
		detail, known := eventDetails()[event]
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
	template *cloudformation.Template, target Target, event string, kind eventDetail, name any,
) error {
	detail := map[string]any{"bucket": map[string]any{"name": []any{name}}}
	for field, value := range kind.fields {
		detail[field] = []string{value}
	}
	if pattern := s.keyPattern(); pattern != nil {
		detail["object"] = map[string]any{"key": []any{pattern}}
	}
	pattern := map[string]any{"source": []string{"aws.s3"}, "detail-type": []string{kind.kind}, "detail": detail}
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

// keyPattern matches the keys of the filter; nil means all.
func (s bucket) keyPattern() map[string]any {
	prefix, suffix := s.Filter.Prefix(), s.Filter.Suffix()
	escape := strings.NewReplacer(`\`, `\\`, "*", `\*`)
	switch {
	case prefix != "" && suffix != "":
		return map[string]any{"wildcard": escape.Replace(prefix) + "*" + escape.Replace(suffix)}
	case prefix != "":
		return map[string]any{"prefix": prefix}
	case suffix != "":
		return map[string]any{"suffix": suffix}
	}
	return nil
}

// sendToEventBridge turns EventBridge on for a bucket of the template, unless it is on.
func sendToEventBridge(id string, resource *cloudformation.Resource) error {
	own, err := ownNotifications(id, resource)
	if err != nil {
		return err
	}
	if own["EventBridgeConfiguration"] != nil && !slices.Contains([]any{false, "false"}, enabled(own)) {
		return nil
	}
	own["EventBridgeConfiguration"] = map[string]any{"EventBridgeEnabled": true}
	if resource.Properties == nil {
		resource.Properties = map[string]any{}
	}
	resource.Properties["NotificationConfiguration"] = own
	return nil
}

// enabled is EventBridgeEnabled of a bucket's configuration; nil means that it is not set, and so on.
func enabled(own map[string]any) any {
	configuration, _ := own["EventBridgeConfiguration"].(map[string]any)
	return configuration["EventBridgeEnabled"]
}
