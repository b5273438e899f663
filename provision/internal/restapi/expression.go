package restapi

import (
	"encoding/json"
	"strings"
)

// isExpression reports whether a value is a text that is not empty, or a CloudFormation intrinsic.
func isExpression(value any) bool {
	if text, isText := value.(string); isText {
		return text != ""
	}
	return isIntrinsic(value)
}

// isIntrinsic reports whether the JSON of a value has Ref or a function's name as its only key.
func isIntrinsic(value any) bool {
	text, err := json.Marshal(value)
	if err != nil {
		return false
	}
	var object map[string]json.RawMessage
	if json.Unmarshal(text, &object) != nil || len(object) != 1 {
		return false
	}
	for key := range object {
		return key == "Ref" || strings.HasPrefix(key, "Fn::")
	}
	return false
}
