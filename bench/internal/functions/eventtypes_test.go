package functions

import (
	"encoding/json"
	"testing"
)

// An event has the size that its row names, to within 5 %, and is of the type that it is named after.
func TestEventsHaveTheirSize(t *testing.T) {
	for _, kind := range eventTypes() {
		event, err := kind.newEvent()
		if err != nil {
			t.Errorf("%s, %s: %v", kind.name, kind.size, err)
			continue
		}
		if !json.Valid(event) || kind.bytes > 0 && (len(event) > kind.bytes*21/20 || len(event) < kind.bytes*19/20) {
			t.Errorf("%s, %s has %d bytes: %.200s", kind.name, kind.size, len(event), event)
		}
	}
}
