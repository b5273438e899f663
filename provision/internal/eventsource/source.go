package eventsource

import (
	"errors"
	"fmt"
	"slices"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/iam"
	"github.com/go-sparta/sparta/provision/internal/show"
	"github.com/go-sparta/sparta/sparta"
)

// source is something that invokes a function. Each kind has a file, with its resources, its requirements and its
// description. sparta.Validate checks the settings themselves.
type source interface {
	// addTo adds the resources that connect the source with the function. It returns an error if the source, as the
	// template defines it, rules out what the settings request.
	addTo(template *cloudformation.Template, target Target) error
	// statements are what the function's role has to allow. The template is nil if it is not known.
	statements(template *cloudformation.Template) []map[string]any
	// permissions are the actions that deploying the source requires.
	permissions() []string
	// neighbour is what a page's picture shows beside the function.
	neighbour() show.Neighbour
	// facts are what a page shows.
	facts() []show.Fact
}

// sources are those of a function: its permissions, then its mappings.
func sources(info *sparta.LambdaAWSInfo) []source {
	var list []source
	for _, permission := range info.Permissions {
		list = append(list, partsOf(permission)...)
	}
	for _, mapping := range info.EventSourceMappings {
		list = append(list, mapped{mapping})
	}
	return list
}

// partsOf are the sources of a permission: several, or one.
func partsOf(permission sparta.LambdaPermissionExporter) []source {
	if parts := split(permission); parts != nil {
		return parts
	}
	return []source{permitted(permission)}
}

// permitted is the source of a permission that is valid.
func permitted(permission sparta.LambdaPermissionExporter) source {
	switch permission := permission.(type) {
	case sparta.LambdaPermission:
		return service{permission}
	case sparta.S3Permission:
		return bucket{permission}
	case sparta.SESPermission:
		return mail{permission}
	case sparta.SNSPermission:
		return topic{permission}
	}
	panic(fmt.Sprintf("%T has no source", permission)) // a type of sparta that this package does not know
}

// AddTo adds what invokes a function. The template must have the function and the resources that the sources refer to.
// It returns the statements that the function's role needs.
func AddTo(
	template *cloudformation.Template, info *sparta.LambdaAWSInfo, target Target,
) ([]map[string]any, error) {
	var errs []error
	var statements []map[string]any
	for _, source := range sources(info) {
		errs = append(errs, source.addTo(template, target))
		statements = append(statements, source.statements(template)...)
	}
	return iam.Distinct(statements), errors.Join(errs...)
}

// Statements are those of a function's role that follow from its sources, as far as they are known without a template.
func Statements(info *sparta.LambdaAWSInfo) []map[string]any {
	var statements []map[string]any
	for _, source := range sources(info) {
		statements = append(statements, source.statements(nil)...)
	}
	return iam.Distinct(statements)
}

// Neighbours are what a page's picture shows beside a function.
func Neighbours(info *sparta.LambdaAWSInfo) []show.Neighbour {
	var neighbours []show.Neighbour
	for _, source := range sources(info) {
		neighbours = append(neighbours, source.neighbour())
	}
	return neighbours
}

// Facts are a function's sources in words.
func Facts(info *sparta.LambdaAWSInfo) []show.Fact {
	var facts []show.Fact
	for _, source := range sources(info) {
		facts = append(facts, source.facts()...)
	}
	return facts
}

// Permissions are the actions that deploying sources requires.
func Permissions() []string {
	var actions []string
	for _, source := range []source{service{}, bucket{}, mail{}, topic{}, mapped{}, rule{}, scheduled{}, logFilter{}} {
		actions = append(actions, source.permissions()...)
	}
	slices.Sort(actions)
	return slices.Compact(actions)
}
