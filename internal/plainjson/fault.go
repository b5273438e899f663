package plainjson

import (
	"encoding/json"
	"errors"
	"fmt"
)

// Fault returns an error about a value that cannot be encoded, by the name that follows the prefix, or else the
// fallback.
func Fault(prefix string, values map[string]any, fallback error) error {
	for name, value := range values {
		if _, err := json.Marshal(value); err != nil {
			if detail := new(json.MarshalerError); errors.As(err, &detail) {
				err = detail.Err
			}
			return fmt.Errorf("%s: %w: use text, numbers, lists, maps and intrinsics", prefix+name, err)
		}
	}
	return fallback
}
