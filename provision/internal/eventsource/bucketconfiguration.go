package eventsource

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/internal/plainjson"
	"github.com/go-sparta/sparta/provision/internal/s3event"
	"github.com/go-sparta/sparta/sparta"
)

// configure adds the notifications to the bucket's own, which come after the permissions.
func (g *notifications) configure(template *cloudformation.Template) error {
	resource := template.Resources[g.id]
	arn := any(cloudformation.Join{Separator: "", Values: []any{
		"arn:", cloudformation.Partition, ":s3:::", resource.Properties["BucketName"],
	}})
	if name, isText := resource.Properties["BucketName"].(string); isText {
		arn = cloudformation.Sub("arn:${AWS::Partition}:s3:::" + name)
	}
	permissions, err := g.permit(template, arn, "")
	if err != nil {
		return err
	}
	resource.DependsOn = append(slices.Clone(resource.DependsOn), permissions...)
	own, err := ownNotifications(g.id, resource)
	if err != nil {
		return err
	}
	list, isList := own["LambdaConfigurations"].([]any)
	if !isList && own["LambdaConfigurations"] != nil {
		return fmt.Errorf("LambdaConfigurations of bucket %s is not a list, so nothing can be added to it: make it "+
			"a list, or set EventBridge of the S3Permission", g.id)
	}
	for _, one := range g.list {
		if err := one.checkOwn(g.id, own); err != nil {
			return err
		}
		for _, event := range one.Events {
			list = append(list, one.configuration(event))
		}
	}
	own["LambdaConfigurations"] = list
	resource.Properties["NotificationConfiguration"] = own
	return nil
}

// configuration is the property of a bucket.
func (n notification) configuration(event string) map[string]any {
	found := map[string]any{"Event": event, "Function": n.function.arn()}
	var rules []any
	for _, rule := range n.Filter.Key.FilterRules {
		rules = append(rules, map[string]any{"Name": strings.ToLower(rule.Name), "Value": rule.Value})
	}
	if rules != nil {
		found["Filter"] = map[string]any{"S3Key": map[string]any{"Rules": rules}}
	}
	return found
}

// ownNotifications is a copy of the notifications that the template already has for a bucket.
func ownNotifications(id string, resource *cloudformation.Resource) (map[string]any, error) {
	own := map[string]any{}
	text, err := plainjson.Marshal(resource.Properties["NotificationConfiguration"])
	if err == nil {
		err = json.Unmarshal(text, &own)
	}
	if err != nil || len(own) == 1 && isFunction(own) {
		return nil, fmt.Errorf("NotificationConfiguration of bucket %s is not an object with lists of configurations, "+
			"so nothing can be added to it: make it one", id)
	}
	if own == nil {
		own = map[string]any{}
	}
	return own, nil
}

// isFunction reports whether an object is an intrinsic.
func isFunction(object map[string]any) bool {
	for key := range object {
		return key == "Ref" || strings.HasPrefix(key, "Fn::")
	}
	return false
}

// checkOwn returns an error if the bucket in the template already notifies another destination of the same event.
func (n notification) checkOwn(id string, own map[string]any) error {
	for _, kind := range []string{"LambdaConfigurations", "QueueConfigurations", "TopicConfigurations"} {
		text, err := plainjson.Marshal(own[kind])
		var list []struct {
			Event  string
			Filter struct {
				S3Key struct{ Rules []sparta.S3FilterRule }
			}
		}
		if err != nil || json.Unmarshal(text, &list) != nil {
			continue // an intrinsic
		}
		for i, entry := range list {
			var filter sparta.S3NotificationFilter
			filter.Key.FilterRules = entry.Filter.S3Key.Rules
			other := s3event.Selection{Events: []string{entry.Event}, Prefix: filter.Prefix(), Suffix: filter.Suffix()}
			if event := n.selection().Shared(other); event != "" {
				return fmt.Errorf("bucket %s cannot notify function %s of %s (keys %s): entry %d of its %s (keys %s) "+
					"already notifies another destination of that event, and S3 allows only one: use other Events, "+
					"prefixes or suffixes, or set EventBridge of the S3Permission", id, n.name, event,
					n.selection().Keys(), i+1, kind, other.Keys())
			}
		}
	}
	return nil
}

// sendToEventBridge turns EventBridge on for a bucket of the template, unless it already is.
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

// enabled is EventBridgeEnabled of a bucket's configuration; nil means that it is not set, which turns EventBridge on.
func enabled(own map[string]any) any {
	configuration, _ := own["EventBridgeConfiguration"].(map[string]any)
	return configuration["EventBridgeEnabled"]
}
