//go:build !lambdabinary

package compat

import (
	"encoding/json"
	"fmt"
	"reflect"

	"github.com/go-sparta/sparta/cloudformation"
)

// merge does to a template what was done between two trees.
func merge(ours *cloudformation.Template, before, after object) error {
	for name, resource := range changes(before, after, "Resources") {
		if resource == nil {
			delete(ours.Resources, name)
			continue
		}
		existing := ours.Resources[name]
		if existing == nil || existing.Type != resource["Type"] {
			existing = &cloudformation.Resource{Type: fmt.Sprint(resource["Type"])}
			ours.Resources[name] = existing
		}
		if err := mergeResource(existing, part(before, "Resources", name), resource); err != nil {
			return fmt.Errorf("resource %s: %w", name, err)
		}
	}
	for name, output := range changes(before, after, "Outputs") {
		if output == nil {
			delete(ours.Outputs, name)
			continue
		}
		changed := ours.Outputs[name]
		if err := decode(output, &changed); err != nil {
			return fmt.Errorf("output %s: %w", name, err)
		}
		ours.Outputs[name] = changed
	}
	for name, parameter := range changes(before, after, "Parameters") {
		if parameter == nil {
			delete(ours.Parameters, name)
			continue
		}
		changed := ours.Parameters[name]
		if err := decode(parameter, &changed); err != nil {
			return fmt.Errorf("parameter %s: %w", name, err)
		}
		ours.Parameters[name] = changed
	}
	for name, mapping := range changes(before, after, "Mappings") {
		if mapping == nil {
			delete(ours.Mappings, name)
			continue
		}
		var changed map[string]map[string]string
		if err := decode(mapping, &changed); err != nil {
			return fmt.Errorf("mapping %s: %w", name, err)
		}
		ours.Mappings[name] = changed
	}
	for name, condition := range changes(before, after, "Conditions") {
		if condition == nil {
			delete(ours.Conditions, name)
			continue
		}
		ours.Conditions[name] = condition
	}
	return nil
}

// changes lists what is other in a part of a template, and nil for what is removed.
func changes(before, after object, section string) map[string]object {
	old, _ := before[section].(object)
	now, _ := after[section].(object)
	changed := map[string]object{}
	for name, value := range now {
		if !reflect.DeepEqual(old[name], value) {
			changed[name], _ = value.(object)
		}
	}
	for name := range old {
		if _, stays := now[name]; !stays {
			changed[name] = nil
		}
	}
	return changed
}

func part(of object, path ...string) object {
	for _, name := range path {
		of, _ = of[name].(object)
	}
	return of
}

// mergeResource changes a resource as go-cloudformation's was changed.
func mergeResource(ours *cloudformation.Resource, before, after object) error {
	properties, err := asTree(ours.Properties)
	if err != nil {
		return err
	}
	old, now := part(before, "Properties"), part(after, "Properties")
	for name := range union(old, now) {
		if reflect.DeepEqual(old[name], now[name]) {
			continue
		}
		if ours.Properties == nil {
			ours.Properties = map[string]any{}
		}
		if value := mergeValue(properties[name], old[name], now[name]); value != nil {
			ours.Properties[name] = value
		} else {
			delete(ours.Properties, name)
		}
	}
	rest := object{}
	for name, value := range after {
		if name != "Properties" && name != "Type" && !reflect.DeepEqual(before[name], value) {
			rest[name] = value
		}
	}
	for name, value := range before {
		if _, stays := after[name]; stays || name == "Properties" {
			continue
		}
		rest[name] = nil
		if _, isText := value.(string); isText {
			rest[name] = ""
		}
	}
	return decode(rest, ours)
}

// mergeValue returns a value of ours after what was done to go-cloudformation's form of it. Objects keep what
// go-cloudformation does not know.
func mergeValue(ours, before, after any) any {
	mine, isObject := ours.(object)
	old, wasObject := before.(object)
	now, staysObject := after.(object)
	if !isObject || !wasObject || !staysObject {
		return after
	}
	for name := range union(old, now) {
		if reflect.DeepEqual(old[name], now[name]) {
			continue
		}
		if value := mergeValue(mine[name], old[name], now[name]); value != nil {
			mine[name] = value
		} else {
			delete(mine, name)
		}
	}
	return mine
}

func union(a, b object) map[string]bool {
	names := map[string]bool{}
	for name := range a {
		names[name] = true
	}
	for name := range b {
		names[name] = true
	}
	return names
}

func asTree(properties map[string]any) (parsed object, err error) {
	err = decode(properties, &parsed)
	return parsed, err
}

// decode sets what a value's JSON has.
func decode(value, into any) error {
	text, err := json.Marshal(value)
	if err != nil {
		return err
	}
	return json.Unmarshal(text, into)
}
