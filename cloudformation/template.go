package cloudformation

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/go-sparta/sparta/internal/plainjson"
)

// Limits of a template's size in bytes.
const (
	MaxInlineSize = 51_200    // a larger template is passed to CloudFormation through S3
	MaxSize       = 1_000_000 // a larger one is not accepted
)

// Template describes the resources of a stack. NewTemplate returns one without nil maps.
type Template struct {
	Description string                                  // up to 1024 bytes
	Metadata    map[string]any                          // for people and tools; CloudFormation ignores most of it
	Parameters  map[string]Parameter                    // by name
	Mappings    map[string]map[string]map[string]string // constants for FindInMap, by map and keys
	Conditions  map[string]any                          // Equals, And, Or or Not, by name
	Resources   map[string]*Resource                    // by logical ID: up to 255 letters and digits
	Outputs     map[string]Output                       // by name
}

// NewTemplate returns a template without resources.
func NewTemplate(description string) *Template {
	return &Template{
		Description: description,
		Metadata:    map[string]any{},
		Parameters:  map[string]Parameter{},
		Mappings:    map[string]map[string]map[string]string{},
		Conditions:  map[string]any{},
		Resources:   map[string]*Resource{},
		Outputs:     map[string]Output{},
	}
}

// Add adds a resource. It returns an error if the logical ID is in use.
func (t *Template) Add(logicalID string, resource *Resource) error {
	if taken := t.Resources[logicalID]; taken != nil {
		return fmt.Errorf("add resource %s of type %s: the template already has this logical ID, of type %s",
			logicalID, resource.Type, taken.Type)
	}
	t.Resources[logicalID] = resource
	return nil
}

// MarshalJSON renders the template without checking it. See Marshal.
func (t Template) MarshalJSON() ([]byte, error) {
	return plainjson.Marshal(struct {
		Version     string `json:"AWSTemplateFormatVersion"`
		Description string `json:",omitempty"`
		Metadata    any    `json:",omitempty"`
		Parameters  any    `json:",omitempty"`
		Mappings    any    `json:",omitempty"`
		Conditions  any    `json:",omitempty"`
		Resources   any
		Outputs     any `json:",omitempty"`
	}{
		"2010-09-09", t.Description, section(t.Metadata), section(t.Parameters), section(t.Mappings),
		section(t.Conditions), t.Resources, section(t.Outputs),
	})
}

// section omits an empty part of the template: CloudFormation requires at least one entry in each.
func section[V any](entries map[string]V) any {
	if len(entries) == 0 {
		return nil
	}
	return entries
}

// Marshal renders the template as indented JSON, or without white space if it would exceed MaxSize. For an
// invalid template, it returns the error of Validate.
func (t *Template) Marshal() ([]byte, error) {
	if err := t.Validate(); err != nil {
		return nil, err
	}
	compact, err := t.MarshalJSON()
	if err != nil {
		return nil, fmt.Errorf("render template: %w", err)
	}
	if len(compact) > MaxSize {
		return nil, fmt.Errorf("template of %d bytes exceeds CloudFormation's limit of %d: distribute its resources "+
			"over several stacks", len(compact), MaxSize)
	}
	var indented bytes.Buffer
	if err := json.Indent(&indented, compact, "", "  "); err != nil {
		return nil, fmt.Errorf("render template: %w", err)
	}
	indented.WriteByte('\n')
	if indented.Len() > MaxSize {
		return compact, nil
	}
	return indented.Bytes(), nil
}
