package show

import (
	"encoding/json"
	"strings"

	"github.com/go-sparta/sparta/internal/plainjson"
)

// Expressions puts a value, or each of a list of them, in words.
func Expressions(values any) []string {
	var list []json.RawMessage
	if text, err := plainjson.Marshal(values); err != nil || json.Unmarshal(text, &list) != nil {
		return []string{Expression(values)}
	}
	texts := make([]string, 0, len(list))
	for _, item := range list {
		texts = append(texts, Expression(item))
	}
	return texts
}

// Expression puts a string or a CloudFormation intrinsic in words: the target of a common intrinsic, or the JSON of
// any other value.
func Expression(value any) string {
	text, err := plainjson.Marshal(value)
	if err != nil {
		return "(not JSON)"
	}
	var plain string
	if json.Unmarshal(text, &plain) == nil {
		return plain
	}
	var intrinsic map[string]json.RawMessage
	if json.Unmarshal(text, &intrinsic) == nil && len(intrinsic) == 1 {
		for name, argument := range intrinsic {
			switch name {
			case "Ref", "Fn::Sub":
				if json.Unmarshal(argument, &plain) == nil {
					return plain
				}
			case "Fn::GetAtt":
				var parts []string
				if json.Unmarshal(argument, &parts) == nil {
					return strings.Join(parts, ".")
				}
			}
		}
	}
	return string(text)
}
