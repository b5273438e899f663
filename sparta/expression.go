package sparta

import (
	"encoding/json"
	"reflect"
	"strings"
)

// isExpression reports whether value is non-empty text or a CloudFormation intrinsic: one of package
// cloudformation, or anything else whose JSON is text or has "Ref" or a function's name as its only key.
func isExpression(value any) bool {
	if text, is := textOf(value); is {
		return text != ""
	}
	return isIntrinsic(value)
}

// textOf returns the text that a value is or renders to, such as an expression with a literal of another template
// library.
func textOf(value any) (text string, is bool) {
	if renders, ok := value.(json.Marshaler); ok {
		if pointer := reflect.ValueOf(value); pointer.Kind() == reflect.Pointer && pointer.IsNil() {
			return "", false
		}
		encoded, err := renders.MarshalJSON()
		if err != nil || len(encoded) == 0 || encoded[0] != '"' {
			return "", false
		}
		err = json.Unmarshal(encoded, &text)
		return text, err == nil
	}
	if v := reflect.ValueOf(value); v.Kind() == reflect.String {
		return v.String(), true
	}
	return "", false
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
