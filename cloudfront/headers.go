package cloudfront

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Headers are the headers of a request, a response or requests to an origin. Their names are case-insensitive. Methods
// that change them return an error for headers that CloudFront does not allow functions for the event to change; it
// wraps ErrDisallowed or ErrReadOnly. The zero value has no headers.
type Headers struct {
	values map[string][]header        // by lower-case name
	raw    map[string]json.RawMessage // of the names that have not changed
	event  EventType
}

// header is a header as CloudFront encodes it.
type header struct {
	Key   string `json:"key,omitempty"` // the name, in the viewer's or the origin's own case
	Value string `json:"value"`
}

// Get returns the first value of a header, or an empty text if there is none.
func (h *Headers) Get(name string) string {
	if values := h.values[strings.ToLower(name)]; len(values) > 0 {
		return values[0].Value
	}
	return ""
}

// Values returns all values of a header.
func (h *Headers) Values(name string) []string {
	var values []string
	for _, one := range h.values[strings.ToLower(name)] {
		values = append(values, one.Value)
	}
	return values
}

// Names returns the names of all headers, in lower case and sorted.
func (h *Headers) Names() []string { return slices.Sorted(maps.Keys(h.values)) }

// Set gives a header one value, instead of those that it has.
func (h *Headers) Set(name, value string) error { return h.change(name, value, nil) }

// Add adds a value to a header.
func (h *Headers) Add(name, value string) error {
	return h.change(name, value, h.values[strings.ToLower(name)])
}

func (h *Headers) change(name, value string, before []header) error {
	if err := h.event.check(name); err != nil {
		return err
	}
	if err := checkValue(name, value); err != nil {
		return err
	}
	lower := strings.ToLower(name)
	if h.values == nil {
		h.values = map[string][]header{}
	}
	h.values[lower] = append(slices.Clip(before), header{name, value})
	delete(h.raw, lower)
	return nil
}

// Del deletes a header.
func (h *Headers) Del(name string) error {
	if err := h.event.check(name); err != nil {
		return err
	}
	delete(h.values, strings.ToLower(name))
	delete(h.raw, strings.ToLower(name))
	return nil
}

// Cookie returns the value of a cookie of the request, and reports whether the request has it.
func (h *Headers) Cookie(name string) (value string, found bool) {
	for _, line := range h.Values("Cookie") {
		for pair := range strings.SplitSeq(line, ";") {
			key, value, _ := strings.Cut(strings.TrimSpace(pair), "=")
			if key == name {
				return strings.Trim(value, `"`), true
			}
		}
	}
	return "", false
}

// size is what headers add to the size of a response: their names and values with what HTTP puts around them.
func (h *Headers) size() int {
	size := 0
	for name, values := range h.values {
		for _, one := range values {
			size += len(name) + len(": ") + len(one.Value) + len("\r\n")
		}
	}
	return size
}

// UnmarshalJSON reads headers in CloudFront's form.
func (h *Headers) UnmarshalJSON(text []byte) error {
	if err := json.Unmarshal(text, &h.raw); err != nil {
		return err
	}
	h.values = make(map[string][]header, len(h.raw))
	for name, raw := range h.raw {
		var values []header
		if err := json.Unmarshal(raw, &values); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		h.values[strings.ToLower(name)] = values
	}
	return nil
}

// MarshalJSON writes headers in CloudFront's form: lists of keys and values, by lower-case name.
func (h Headers) MarshalJSON() ([]byte, error) {
	merged := make(map[string]any, len(h.values))
	for name, values := range h.values {
		merged[name] = values
		if raw, unchanged := h.raw[name]; unchanged {
			merged[name] = raw
		}
	}
	return json.Marshal(merged)
}
