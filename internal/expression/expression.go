// Package expression recognizes the values that a template may have wherever it expects text: text, or a CloudFormation
// intrinsic, of package cloudformation or of another template library.
package expression

import (
	"encoding/json"
	"reflect"
	"strings"
)

// Is reports whether a value is text that is not empty, or a CloudFormation intrinsic.
func Is(value any) bool {
	if text, is := Text(value); is {
		return text != ""
	}
	return IsIntrinsic(value)
}

// Text returns the text that a value is or renders to, such as an expression with a literal of another template
// library.
func Text(value any) (text string, is bool) {
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

// IsIntrinsic reports whether the JSON of a value has Ref or a function's name as its only key.
func IsIntrinsic(value any) bool {
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
