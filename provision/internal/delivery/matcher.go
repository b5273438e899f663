package delivery

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/internal/expression"
	"github.com/go-sparta/sparta/internal/plainjson"
)

// Matcher checks SNS's filter policies and EventBridge's event patterns, which select events in the same language.
type Matcher struct {
	Field  string // the setting that has the pattern
	Nested bool   // whether keys may be nested
	// MaxKeys limits the keys that are not nested, and MaxCombinations the product of the numbers of values. 0 means no
	// limit.
	MaxKeys, MaxCombinations int
}

// operators are the keys of a match expression such as {"prefix": "a"}.
const operators = "anything-but, cidr, equals-ignore-case, exists, numeric, prefix, suffix, wildcard"

// Check returns an error, with the place of the mistake, if AWS refuses the pattern.
func (m Matcher) Check(pattern map[string]any) error {
	if pattern == nil {
		return nil
	}
	text, err := plainjson.Marshal(pattern)
	if err != nil {
		return fmt.Errorf("%s is not JSON: %w", m.Field, err)
	}
	var object map[string]any
	if err := json.Unmarshal(text, &object); err != nil {
		return fmt.Errorf("%s is not a JSON object: %w", m.Field, err)
	}
	if err := m.object(m.Field, object); err != nil {
		return err
	}
	combinations := combinationsOf(object)
	switch {
	case m.MaxKeys > 0 && len(object) > m.MaxKeys:
		return fmt.Errorf("%s has %d keys: use at most %d", m.Field, len(object), m.MaxKeys)
	case m.MaxCombinations > 0 && combinations > m.MaxCombinations:
		return fmt.Errorf("%s has %d combinations of values (the numbers of values of all keys, multiplied): "+
			"use at most %d", m.Field, combinations, m.MaxCombinations)
	}
	return nil
}

// combinationsOf is the product of the lengths of all lists.
func combinationsOf(object map[string]any) int {
	combinations := 1
	for key, value := range object {
		switch value := value.(type) {
		case []any:
			if key != "$or" {
				combinations *= len(value)
			}
		case map[string]any:
			combinations *= combinationsOf(value)
		}
	}
	return combinations
}

func (m Matcher) object(place string, object map[string]any) error {
	if len(object) == 0 {
		return fmt.Errorf("%s is empty: add a key with a list of the values to match", place)
	}
	for _, key := range slices.Sorted(maps.Keys(object)) {
		if err := m.value(place+"."+key, key, object[key]); err != nil {
			return err
		}
	}
	return nil
}

func (m Matcher) value(place, key string, value any) error {
	switch value := value.(type) {
	case []any:
		if len(value) == 0 {
			return fmt.Errorf("%s is an empty list, which nothing matches: add the values to match", place)
		}
		for i, item := range value {
			if err := m.item(fmt.Sprintf("%s[%d]", place, i), key, item); err != nil {
				return err
			}
		}
		return nil
	case map[string]any:
		switch {
		case expression.IsIntrinsic(value):
			return nil
		case !m.Nested:
			return fmt.Errorf("%s is an object, but message attributes are not nested: "+
				"use a list of the values to match, or set FilterPolicyScope to MessageBody", place)
		}
		return m.object(place, value)
	}
	return fmt.Errorf("%s is %s, which is not a list: put the values to match in a list", place, jsonOf(value))
}

// item checks one value of a list. An event matches the list if it matches one of the values.
func (m Matcher) item(place, key string, item any) error {
	object, isObject := item.(map[string]any)
	switch {
	case isObject && key == "$or":
		return m.object(place, object)
	case !isObject || expression.IsIntrinsic(object):
		if _, isList := item.([]any); isList {
			return fmt.Errorf("%s is a list in a list: use text, a number, true, false or null", place)
		}
		return nil
	case len(object) != 1:
		return fmt.Errorf("%s has %d keys: use one of %s", place, len(object), operators)
	}
	for operator := range object {
		if !slices.Contains(strings.Split(operators, ", "), operator) {
			return fmt.Errorf("%s has the key %q, which is not an operator: use one of %s", place, operator, operators)
		}
	}
	return nil
}

func jsonOf(value any) string {
	text, err := plainjson.Marshal(value)
	if err != nil {
		return fmt.Sprint(value)
	}
	return string(text)
}
