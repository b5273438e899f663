package cloudformation

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/go-sparta/sparta/internal/plainjson"
)

// The kinds of references, as errors describe them.
const (
	toValue     = "neither a resource nor a parameter" // by Ref or in a Sub
	toParameter = "not a parameter"
	toResource  = "not a resource"
	toCondition = "not a condition"
	toMapping   = "not a mapping"
)

// reference is a place in the template that refers to another.
type reference struct {
	path   string // for example resource Hello: Properties.Role
	to     string // toValue, toParameter …
	target string
}

var (
	pseudoParameters = []Ref{AccountID, NoValue, NotificationARNs, Partition, Region, StackID, StackName, URLSuffix}

	substitution = pattern(`\$\{([^!}][^}]*)\}`)
)

// RefersTo reports whether anything in the template refers to the value of a parameter or a resource, by Ref or
// Sub.
func (t *Template) RefersTo(name string) bool {
	references, _ := t.references()
	return slices.ContainsFunc(references, func(r reference) bool {
		return r.target == name && (r.to == toValue || r.to == toParameter)
	})
}

// References lists the names of parameters, pseudo parameters and resources that a part of a template refers to, each
// once.
func References(part any) ([]string, error) {
	tree, err := generic(part)
	if err != nil {
		return nil, err
	}
	var targets []string
	for _, r := range find("", "", toValue, tree) {
		if r.to == toValue || r.to == toResource {
			targets = append(targets, r.target)
		}
	}
	slices.Sort(targets)
	return slices.Compact(targets), nil
}

// referenceProblems checks that everything that the template refers to exists.
func (t *Template) referenceProblems() []error {
	references, problems := t.references()
	for _, r := range references {
		if !t.has(r) {
			problem := fmt.Errorf("%s refers to %s, which is %s of the template", r.path, r.target, r.to)
			problems = append(problems, problem)
		}
	}
	return problems
}

func (t *Template) has(r reference) bool {
	_, isParameter := t.Parameters[r.target]
	_, isResource := t.Resources[r.target]
	known := false
	switch r.to {
	case toValue:
		known = isParameter || isResource || slices.Contains(pseudoParameters, Ref(r.target))
	case toParameter:
		known = isParameter || slices.Contains(pseudoParameters, Ref(r.target))
	case toResource:
		known = isResource
	case toCondition:
		_, known = t.Conditions[r.target]
	case toMapping:
		_, known = t.Mappings[r.target]
	}
	return known
}

// references lists all references in a fixed order, and errors for parts of the template that cannot be
// rendered.
func (t *Template) references() (found []reference, problems []error) {
	collect := func(what string, part any, ref string) {
		tree, err := generic(part)
		if err != nil {
			problems = append(problems, fmt.Errorf("render %s: %w", what, err))
			return
		}
		found = append(found, find(what+": ", "", ref, tree)...)
	}
	for _, name := range names(t.Conditions) {
		collect("condition "+name, t.Conditions[name], toParameter)
	}
	for _, id := range names(t.Resources) {
		resource := t.Resources[id]
		if resource == nil {
			continue
		}
		where := "resource " + id
		if resource.Condition != "" {
			found = append(found, reference{where + ": Condition", toCondition, resource.Condition})
		}
		for _, other := range resource.DependsOn {
			found = append(found, reference{where + ": DependsOn", toResource, other})
		}
		collect(where, struct{ CreationPolicy, UpdatePolicy, Properties any }{
			resource.CreationPolicy, resource.UpdatePolicy, resource.Properties,
		}, toValue)
	}
	for _, name := range names(t.Outputs) {
		output := t.Outputs[name]
		where := "output " + name
		if output.Condition != "" {
			found = append(found, reference{where + ": Condition", toCondition, output.Condition})
		}
		collect(where, struct {
			Value  any
			Export *Export
		}{output.Value, output.Export}, toValue)
	}
	return found, problems
}

// generic converts a part of a template to maps, lists and texts.
func generic(part any) (any, error) {
	encoded, err := plainjson.Marshal(part)
	if err != nil {
		return nil, err
	}
	var tree any
	err = json.Unmarshal(encoded, &tree)
	return tree, err
}

// find lists the references below a node. ref is the kind of reference of a Ref there.
func find(where, path, ref string, node any) []reference {
	var found []reference
	child := func(key string, value any) {
		found = append(found, find(where, strings.TrimPrefix(path+"."+key, "."), ref, value)...)
	}
	switch node := node.(type) {
	case []any:
		for i, value := range node {
			child(strconv.Itoa(i), value)
		}
	case map[string]any:
		if len(node) == 1 {
			for function, argument := range node {
				for _, r := range targets(function, argument, ref) {
					r.path = where + path
					found = append(found, r)
				}
			}
		}
		for _, key := range names(node) {
			child(key, node[key])
		}
	}
	return found
}

// targets lists the references of one intrinsic, without those of intrinsics in its arguments.
func targets(function string, argument any, ref string) []reference {
	list, _ := argument.([]any)
	text, _ := argument.(string)
	first := text
	if len(list) > 0 {
		first, _ = list[0].(string)
	}
	if first == "" {
		return nil
	}
	switch function {
	case "Ref":
		return []reference{{to: ref, target: first}}
	case "Fn::GetAtt":
		id, _, _ := strings.Cut(first, ".")
		return []reference{{to: toResource, target: id}}
	case "Fn::If":
		return []reference{{to: toCondition, target: first}}
	case "Fn::FindInMap":
		return []reference{{to: toMapping, target: first}}
	case "Condition":
		if ref == toParameter { // elsewhere it is part of a policy
			return []reference{{to: toCondition, target: first}}
		}
	case "Fn::Sub":
		var own map[string]any
		if len(list) > 1 {
			own, _ = list[1].(map[string]any)
		}
		return substitutions(first, own)
	}
	return nil
}

// substitutions lists the references of a Sub's text, except to its additional names.
func substitutions(text string, own map[string]any) []reference {
	var found []reference
	for _, match := range substitution().FindAllStringSubmatch(text, -1) {
		if _, isOwn := own[match[1]]; isOwn {
			continue
		}
		id, _, isAttribute := strings.Cut(match[1], ".")
		if isAttribute {
			found = append(found, reference{to: toResource, target: id})
		} else {
			found = append(found, reference{to: toValue, target: id})
		}
	}
	return found
}

func names[V any](entries map[string]V) []string { return slices.Sorted(maps.Keys(entries)) }
