package sparta

import (
	"encoding/json"
	"reflect"
	"strings"
)

// isExpression reports whether value is non-empty text or a CloudFormation intrinsic: one of package
// cloudformation, or anything else whose JSON has "Ref" or a function's name as its only key.
func isExpression(value any) bool {
	if _, renders := value.(json.Marshaler); !renders {
		if text := reflect.ValueOf(value); text.Kind() == reflect.String {
			return text.Len() > 0
		}
	}
	return isIntrinsic(value)
}

func isIntrinsic(value any) bool {
	encoded, err := json.Marshal(value)
	if err != nil {
		return false
	}
	var object map[string]json.RawMessage
	if err := json.Unmarshal(encoded, &object); err != nil || len(object) != 1 {
		return false
	}
	for key := range object {
		return key == "Ref" || strings.HasPrefix(key, "Fn::")
	}
	return false
}
