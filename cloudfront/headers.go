package cloudfront

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Headers are the headers of a request, a response or requests to an origin. Their names are case-insensitive. Methods
// that change them return an error for headers that CloudFront does not allow functions for the event to change; it
// wraps ErrDisallowed or ErrReadOnly. The zero value has no headers.
type Headers struct {
	entries map[string]entry // by lower-case name
	event   EventType
}

// entry is the values of a header.
type entry struct {
	values []header
	raw    json.RawMessage // as received; nil if they have changed
}

// header is a header as CloudFront encodes it.
type header struct {
	Key   string `json:"key,omitempty"` // the name, in the viewer's or the origin's own case
	Value string `json:"value"`
}

// Get returns the first value of a header, or an empty text if there is none.
func (h *Headers) Get(name string) string {
	if values := h.entries[strings.ToLower(name)].values; len(values) > 0 {
		return values[0].Value
	}
	return ""
}

// Values returns all values of a header.
func (h *Headers) Values(name string) []string {
	var values []string
	for _, one := range h.entries[strings.ToLower(name)].values {
		values = append(values, one.Value)
	}
	return values
}

// Names returns the names of all headers, in lower case and sorted.
func (h *Headers) Names() []string { return slices.Sorted(maps.Keys(h.entries)) }

// Set sets a header to a value, which replaces all those that it has.
func (h *Headers) Set(name, value string) error { return h.change(name, value, nil) }

// Add adds a value to a header.
func (h *Headers) Add(name, value string) error {
	return h.change(name, value, h.entries[strings.ToLower(name)].values)
}

func (h *Headers) change(name, value string, before []header) error {
	if err := h.event.check(name); err != nil {
		return err
	}
	if err := checkValue(name, value); err != nil {
		return err
	}
	if h.entries == nil {
		h.entries = map[string]entry{}
	}
	h.entries[strings.ToLower(name)] = entry{values: append(slices.Clip(before), header{name, value})}
	return nil
}

// Del deletes a header.
func (h *Headers) Del(name string) error {
	if err := h.event.check(name); err != nil {
		return err
	}
	delete(h.entries, strings.ToLower(name))
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

// checkKept returns an error if others have replaced the headers of an event: they lack what is read-only.
func (h *Headers) checkKept(event EventType) error {
	if h.event != event {
		return errors.New("the Headers of the event have been replaced: change them with Set, Add and Del")
	}
	return nil
}

// checkAll returns an error if functions for the type of event may not add one of the headers.
func (h *Headers) checkAll(event EventType) error {
	var errs []error
	for _, name := range h.Names() {
		errs = append(errs, event.check(name))
	}
	return errors.Join(errs...)
}

// size is what headers add to the size of a response: their names and values with what HTTP puts around them.
func (h *Headers) size() int {
	size := 0
	for name, entry := range h.entries {
		for _, one := range entry.values {
			size += len(name) + len(": ") + len(one.Value) + len("\r\n")
		}
	}
	return size
}

// UnmarshalJSON reads headers in CloudFront's form.
func (h *Headers) UnmarshalJSON(text []byte) error { return h.read(slices.Clone(text)) }

func (h *Headers) read(text []byte) error {
	h.entries = map[string]entry{}
	return eachMember(text, func(name string, raw json.RawMessage) error {
		found := entry{raw: raw}
		err := eachElement(raw, func(element json.RawMessage) error {
			var one header
			err := eachMember(element, one.set)
			found.values = append(found.values, one)
			return err
		})
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		h.entries[strings.ToLower(name)] = found
		return nil
	})
}

func (h *header) set(name string, raw json.RawMessage) (err error) {
	switch name {
	case "key":
		h.Key, err = unquote(raw)
	case "value":
		h.Value, err = unquote(raw)
	}
	return err
}

// MarshalJSON writes headers in CloudFront's form: lists of keys and values, by lower-case name.
func (h Headers) MarshalJSON() ([]byte, error) {
	text := []byte{'{'}
	for _, name := range h.Names() {
		raw := []byte(h.entries[name].raw)
		if raw == nil {
			var err error
			if raw, err = json.Marshal(h.entries[name].values); err != nil {
				return nil, err
			}
		}
		if len(text) > 1 {
			text = append(text, ',')
		}
		text = append(append(quote(text, name), ':'), raw...)
	}
	return append(text, '}'), nil
}
