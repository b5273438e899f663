// Package arn finds out what ARNs and intrinsics refer to.
package arn

import (
	"encoding/json"
	"regexp"
	"strings"

	"github.com/go-sparta/sparta/internal/plainjson"
)

var substitution = regexp.MustCompile(`\$\{[^}]*\}`)

// Generic converts a value to the maps, lists and scalars of its JSON.
func Generic(value any) any {
	encoded, err := plainjson.Marshal(value)
	var tree any
	if err != nil || json.Unmarshal(encoded, &tree) != nil {
		return nil
	}
	return tree
}

// Outline renders a value as text, with an x for each part that only AWS knows: enough to see what an ARN identifies.
func Outline(value any) string {
	switch value := Generic(value).(type) {
	case string:
		return value
	case map[string]any:
		if text, isText := value["Fn::Sub"].(string); isText {
			return substitution.ReplaceAllString(text, "x")
		}
		if list, isList := value["Fn::Sub"].([]any); isList && len(list) > 0 {
			text, _ := list[0].(string)
			return substitution.ReplaceAllString(text, "x")
		}
		if list, isList := value["Fn::Join"].([]any); isList && len(list) == 2 {
			separator, _ := list[0].(string)
			values, _ := list[1].([]any)
			var parts []string
			for _, part := range values {
				parts = append(parts, Outline(part))
			}
			return strings.Join(parts, separator)
		}
	}
	return "x"
}

// Service is the service that an ARN names, or empty if the value is not known to be an ARN.
func Service(arn any) string {
	parts := strings.Split(Outline(arn), ":")
	if parts[0] != "arn" || len(parts) < 6 {
		return ""
	}
	return parts[2]
}

// Attribute is the attribute that an intrinsic asks for: Ref for the resource itself. It is empty for other
// intrinsics.
func Attribute(source any) string {
	intrinsic, _ := Generic(source).(map[string]any)
	if _, isRef := intrinsic["Ref"]; isRef {
		return "Ref"
	}
	switch argument := intrinsic["Fn::GetAtt"].(type) {
	case []any:
		if len(argument) == 2 {
			attribute, _ := argument[1].(string)
			return attribute
		}
	case string:
		_, attribute, _ := strings.Cut(argument, ".")
		return attribute
	}
	return ""
}
