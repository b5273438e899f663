package eventsource

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

// reader is a kind of source that Lambda reads with the rights of the function's role. Each has a file.
type reader struct {
	kind
	allows     []string                            // settings, besides those that every kind has
	check      func(c connection) error            // returns an error for settings that Lambda would refuse; may be nil
	statements func(c connection) []map[string]any // what the function's role has to allow
}

// connection is a mapping with what the template says of both ends.
type connection struct {
	*sparta.EventSourceMapping
	template *cloudformation.Template // nil if it is not known
	source   *cloudformation.Resource // that EventSourceArn refers to; nil if it is not in the template
	function *cloudformation.Resource // nil without a template
}

// settingsOfAll are the settings that every kind of source has.
func settingsOfAll() []string {
	return []string{
		"EventSourceArn", "Enabled", "BatchSize", "MaximumBatchingWindowInSeconds", "FilterCriteria", "KmsKeyArn",
		"Tags",
	}
}

func readers() []reader {
	return []reader{queue(), stream(), tableStream(), managedKafka(), selfManagedKafka(), broker(), documents()}
}

// errUnknownKind reports a source of which only AWS knows what it is.
var errUnknownKind = errors.New("it is not known what this is, and so what the function's role has to allow: " +
	"use the ARN, or refer to a resource that is in the template before its functions are connected")

// readerOf finds the kind of a mapping's source, and the template's resource that it refers to, if there is one.
func readerOf(
	template *cloudformation.Template, m *sparta.EventSourceMapping,
) (reader, *cloudformation.Resource, error) {
	if m.SelfManagedEventSource != nil {
		return selfManagedKafka(), nil, nil
	}
	var kinds []kind
	for _, reader := range readers() {
		kinds = append(kinds, reader.kind)
	}
	position, resource, err := find(template, m.EventSourceArn, kinds)
	if err != nil {
		return reader{}, nil, fmt.Errorf("EventSourceArn %w", err)
	}
	return readers()[position], resource, nil
}

// checkSettings returns an error if a setting of the mapping is not for sources of this kind.
func (r reader) checkSettings(c connection) error {
	var errs []error
	for _, setting := range settings(c.EventSourceMapping) {
		if slices.Contains(settingsOfAll(), setting.name) || slices.Contains(r.allows, setting.name) {
			continue
		}
		var others []string
		for _, other := range readers() {
			if slices.Contains(other.allows, setting.name) {
				others = append(others, other.title)
			}
		}
		errs = append(errs, fmt.Errorf("%s is not for %s: leave it empty; it is for %s", setting.name, r.title,
			alternatives(others)))
	}
	if r.check != nil {
		errs = append(errs, r.check(c))
	}
	return errors.Join(errs...)
}

// checkAccess returns an error if the mapping lacks an access configuration, or has one that its source does not
// have. A required type is the first.
func (c connection) checkAccess(required bool, types ...string) error {
	var errs []error
	found := false
	for _, access := range c.SourceAccessConfigurations {
		found = found || access.Type == types[0]
		if !slices.Contains(types, access.Type) {
			errs = append(errs, fmt.Errorf("SourceAccessConfigurations: Type %s is not for this source: use %s",
				access.Type, alternatives(types)))
		}
	}
	if required && !found {
		errs = append(errs, fmt.Errorf("SourceAccessConfigurations lacks %s: set it to the ARN of the secret with "+
			"user name and password", types[0]))
	}
	return errors.Join(errs...)
}

// checkStart returns an error if the mapping does not say where to begin.
func (c connection) checkStart() error {
	if c.StartingPosition == "" {
		return errors.New("StartingPosition is missing: use LATEST for new records only, " +
			"or TRIM_HORIZON for those that the source still has")
	}
	return nil
}

// checkMetrics returns an error if the mapping requests metrics of Kafka.
func (c connection) checkMetrics() error {
	if c.MetricsConfig == nil {
		return nil
	}
	for _, metric := range c.MetricsConfig.Metrics {
		if metric != "EventCount" {
			return fmt.Errorf("MetricsConfig.Metrics: %s is for Kafka: use EventCount", metric)
		}
	}
	return nil
}

// number is a property's value, if it is a number.
func number(value any) (float64, bool) {
	n, ok := generic(value).(float64)
	return n, ok
}

// kind is a kind of resource.
type kind struct {
	title   string // for people, for example an SQS queue
	service string // as ARNs name it
	// attributes are by CloudFormation's types of such resources: those that result in the ARN.
	attributes map[string][]string
}

// find finds the kind that an ARN names, or the type of the template's resource that an intrinsic refers to, and that
// resource. Its errors begin with the value.
func find(template *cloudformation.Template, source any, kinds []kind) (int, *cloudformation.Resource, error) {
	var titles []string
	for _, kind := range kinds {
		titles = append(titles, kind.title)
	}
	if service := serviceOf(source); service != "" {
		for i, kind := range kinds {
			if kind.service == service {
				return i, nil, nil
			}
		}
		return 0, nil, fmt.Errorf("%s is of service %s: use %s", words(source), service, alternatives(titles))
	}
	if text, isText := source.(string); isText {
		return 0, nil, fmt.Errorf("%q is not an ARN: use that of %s", text, alternatives(titles))
	}
	targets, err := cloudformation.References(source)
	if err != nil {
		return 0, nil, fmt.Errorf("%s: %w", words(source), err)
	}
	if template == nil || len(targets) != 1 || template.Resources[targets[0]] == nil {
		return 0, nil, fmt.Errorf("%s: %w", words(source), errUnknownKind)
	}
	resource := template.Resources[targets[0]]
	for i, kind := range kinds {
		attributes := kind.attributes[resource.Type]
		if attributes == nil {
			continue
		}
		if attribute := attributeOf(source); attribute != "" && !slices.Contains(attributes, attribute) {
			right := fmt.Sprintf("cloudformation.GetAtt{%q, %q}", targets[0], attributes[0])
			if attributes[0] == "Ref" {
				right = fmt.Sprintf("cloudformation.Ref(%q)", targets[0])
			}
			return 0, nil, fmt.Errorf("is %s of %s, a resource of type %s, which is not its ARN: use %s", attribute,
				targets[0], resource.Type, right)
		}
		return i, resource, nil
	}
	return 0, nil, fmt.Errorf("%s refers to a resource of type %s: use %s", words(source), resource.Type,
		alternatives(titles))
}

// bare is a title without its article.
func bare(title string) string {
	_, title, _ = strings.Cut(title, " ")
	return title
}
