package mapping

import (
	"errors"
	"fmt"
	"slices"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/arn"
	"github.com/go-sparta/sparta/sparta"
)

// reader is a kind of source that Lambda reads with the rights of the function's role. Each has a file.
type reader struct {
	arn.Kind
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
	foreign  bool                     // whether the function's role is not the stack's
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

// readerOf finds the kind of a mapping's source, and the template's resource that it refers to, if there is one.
func readerOf(
	template *cloudformation.Template, m *sparta.EventSourceMapping,
) (reader, *cloudformation.Resource, error) {
	if m.SelfManagedEventSource != nil {
		return selfManagedKafka(), nil, nil
	}
	var kinds []arn.Kind
	for _, reader := range readers() {
		kinds = append(kinds, reader.Kind)
	}
	position, resource, err := arn.Find(template, m.EventSourceArn, kinds)
	if err != nil {
		return reader{}, nil, fmt.Errorf("EventSourceArn %w", err)
	}
	return readers()[position], resource, nil
}

// checkSettings returns an error if a setting of the mapping is not for sources of this kind.
func (r reader) checkSettings(c connection) error {
	var errs []error
	for _, setting := range Settings(c.EventSourceMapping) {
		if slices.Contains(settingsOfAll(), setting.Name) || slices.Contains(r.allows, setting.Name) {
			continue
		}
		var others []string
		for _, other := range readers() {
			if slices.Contains(other.allows, setting.Name) {
				others = append(others, other.Title)
			}
		}
		errs = append(errs, fmt.Errorf("%s is not for %s: leave it empty; it is for %s", setting.Name, r.Title,
			arn.Alternatives(others)))
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
				access.Type, arn.Alternatives(types)))
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
	n, ok := arn.Generic(value).(float64)
	return n, ok
}
