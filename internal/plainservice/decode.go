package plainservice

import (
	"bytes"
	"encoding/json"
)

// Decode converts a value that was read from JSON into a type.
func Decode(value, into any) error {
	if value == nil {
		return nil
	}
	text, err := json.Marshal(value)
	if err != nil {
		return err
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	return decoder.Decode(into)
}
