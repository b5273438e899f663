//go:build !lambdabinary

package compat

import (
	"encoding/json"
	"fmt"

	gocf "github.com/mweagle/go-cloudformation"

	"github.com/go-sparta/sparta/cloudformation"
)

// withTemplate calls a function with a template of go-cloudformation, and makes the changes of that in ours.
func withTemplate(ours *cloudformation.Template, hook func(*gocf.Template) error) error {
	theirs, err := converted(ours)
	if err != nil {
		return err
	}
	before, err := tree(theirs)
	if err != nil {
		return err
	}
	if err := hook(theirs); err != nil {
		return err
	}
	after, err := tree(theirs)
	if err != nil {
		return fmt.Errorf("template of a hook of the original Sparta: %w", err)
	}
	return merge(ours, before, after)
}

// converted returns a template of go-cloudformation.
func converted(ours *cloudformation.Template) (*gocf.Template, error) {
	theirs := gocf.NewTemplate()
	theirs.Description = ours.Description
	for name, resource := range ours.Resources {
		properties, err := propertiesOf(resource)
		if err != nil {
			return nil, fmt.Errorf("resource %s: %w", name, err)
		}
		theirs.Resources[name] = &gocf.Resource{
			Properties:     properties,
			DependsOn:      append([]string(nil), resource.DependsOn...),
			DeletionPolicy: resource.DeletionPolicy,
			Condition:      resource.Condition,
			Metadata:       resource.Metadata,
		}
	}
	for name, output := range ours.Outputs {
		converted := &gocf.Output{Description: output.Description, Value: output.Value}
		theirs.Outputs[name] = converted
	}
	for name, parameter := range ours.Parameters {
		converted := &gocf.Parameter{Type: parameter.Type, Description: parameter.Description}
		if parameter.Default != nil {
			converted.Default = *parameter.Default
		}
		theirs.Parameters[name] = converted
	}
	for name, mapping := range ours.Mappings {
		converted := gocf.Mapping(mapping)
		theirs.Mappings[name] = &converted
	}
	for name, condition := range ours.Conditions {
		theirs.Conditions[name] = condition
	}
	return theirs, nil
}

// propertiesOf returns the properties of a resource in go-cloudformation's type for them, or as they are.
func propertiesOf(resource *cloudformation.Resource) (gocf.ResourceProperties, error) {
	text, err := json.Marshal(resource.Properties)
	if err != nil {
		return nil, err
	}
	if typed := gocf.NewResourceByType(resource.Type); typed != nil && json.Unmarshal(text, typed) == nil {
		return typed, nil
	}
	return opaque{resource.Type, text}, nil
}

// opaque are properties of a resource that go-cloudformation does not know.
type opaque struct {
	resourceType string
	text         json.RawMessage
}

// CfnResourceType implements gocf.ResourceProperties.
func (o opaque) CfnResourceType() string { return o.resourceType }

// CfnResourceAttributes implements gocf.ResourceProperties.
func (opaque) CfnResourceAttributes() []string { return nil }

// MarshalJSON returns the properties.
func (o opaque) MarshalJSON() ([]byte, error) { return o.text, nil }

// object is an object of JSON.
type object = map[string]any

// tree returns a template as JSON has it.
func tree(template *gocf.Template) (parsed object, err error) {
	text, err := json.Marshal(template)
	if err != nil {
		return nil, err
	}
	return parsed, json.Unmarshal(text, &parsed)
}
