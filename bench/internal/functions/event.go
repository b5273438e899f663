package functions

import (
	"encoding/json"
	"slices"
	"sort"

	"github.com/go-sparta/sparta/bench/internal/randomevent"
)

// newEvent returns an event with bodies of JSON that make it as large as it has to be, give or take a few bytes.
func (k eventType) newEvent() ([]byte, error) {
	file := "events/" + k.handler + ".json"
	if k.handler == "origin" {
		file = "edge/event.json"
	}
	content, err := eventFiles.ReadFile(file)
	if err != nil || k.bytes == 0 && k.records == 0 {
		return content, err
	}
	var record map[string]any
	if err := json.Unmarshal(content, &record); err != nil {
		return nil, err
	}
	if k.bytes == 0 {
		return json.Marshal(map[string]any{"Records": slices.Repeat([]any{record}, k.records)})
	}
	each := k.bytes / max(1, k.records)
	withBody := func(size int) (full []byte, err error) {
		body, err := randomevent.Orders().Event(size)
		if err != nil {
			return nil, err
		}
		record["body"] = string(body)
		return json.Marshal(record)
	}
	// The quotes of a body are escaped, so how much larger it makes the event has to be tried.
	const least = 100
	larger := sort.Search(each-least, func(more int) bool {
		full, err := withBody(least + more + 1)
		return err != nil || len(full) > each
	})
	full, err := withBody(least + larger)
	if err != nil || k.records == 0 {
		return full, err
	}
	return json.Marshal(map[string]any{"Records": slices.Repeat([]any{record}, k.records)})
}

// withoutNull leaves out what aws-lambda-go writes for the fields of a response that a handler does not set.
func withoutNull(answer any) any {
	fields, isObject := answer.(map[string]any)
	for name, value := range fields {
		if value == nil {
			delete(fields, name)
		}
	}
	if isObject {
		return fields
	}
	return answer
}
