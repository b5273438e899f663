package mapping

import (
	"errors"
	"fmt"
	"slices"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/arn"
	"github.com/go-sparta/sparta/sparta"
)

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

// likelyReader guesses the kind of a source from the mapping's settings, if no template shows what the source is.
func likelyReader(m *sparta.EventSourceMapping) reader {
	switch {
	case len(m.Topics) > 0:
		return managedKafka()
	case len(m.Queues) > 0:
		return broker()
	case m.DocumentDBEventSourceConfig != nil:
		return documents()
	case m.StartingPosition == "":
		return queue()
	case arn.Attribute(m.EventSourceArn) == "StreamArn":
		return tableStream()
	}
	return stream()
}

// settingsOfAll are the settings that every kind of source has.
func settingsOfAll() []string {
	return []string{
		"EventSourceArn", "Enabled", "BatchSize", "MaximumBatchingWindowInSeconds", "FilterCriteria", "KmsKeyArn",
		"Tags",
	}
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
