// Package mapping knows the kinds of sources that Lambda reads for functions: which settings each has, what is wrong
// with them, and what a function's role has to allow.
package mapping

import (
	"errors"
	"fmt"
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/arn"
	"github.com/go-sparta/sparta/provision/internal/show"
	"github.com/go-sparta/sparta/sparta"
)

// Function has the logical IDs of the function that a mapping invokes and of the function's own role.
type Function struct{ ID, RoleID string }

// Check returns an error if Lambda would refuse a setting of the mapping. If the role is not the stack's, the source
// may be of a kind that only AWS knows.
func Check(template *cloudformation.Template, m *sparta.EventSourceMapping, function Function) error {
	if err := errors.Join(settingProblems(m)...); err != nil {
		return err
	}
	reader, source, err := readerOf(template, m)
	foreign := template.Resources[function.RoleID] == nil
	if errors.Is(err, arn.ErrUnknownKind) && foreign {
		return nil
	}
	if err != nil {
		return err
	}
	return reader.checkSettings(connection{m, template, source, template.Resources[function.ID], foreign})
}

// Statements are what a function's role has to allow, as far as that is known. The template may be nil.
func Statements(template *cloudformation.Template, m *sparta.EventSourceMapping) []map[string]any {
	reader, source, err := readerOf(template, m)
	if err != nil && template == nil {
		reader, err = likelyReader(m), nil
	}
	if err != nil {
		return nil // Check returns it
	}
	return reader.statements(connection{EventSourceMapping: m, template: template, source: source})
}

// Kind is the kind of a mapping's source for people, such as SQS queue.
func Kind(m *sparta.EventSourceMapping) string {
	reader, _, err := readerOf(nil, m)
	if err != nil {
		reader = likelyReader(m)
	}
	_, kind, _ := strings.Cut(reader.Title, " ") // without its article
	return kind
}

// Part is the topic, the queue or the collection of a source that has several.
func Part(m *sparta.EventSourceMapping) string {
	switch {
	case len(m.Topics) > 0:
		return m.Topics[0]
	case len(m.Queues) > 0:
		return m.Queues[0]
	case m.DocumentDBEventSourceConfig != nil:
		return strings.TrimSuffix(m.DocumentDBEventSourceConfig.DatabaseName+"."+
			m.DocumentDBEventSourceConfig.CollectionName, ".")
	}
	return ""
}

// Title is the source in words.
func Title(m *sparta.EventSourceMapping) string {
	title := ""
	if m.SelfManagedEventSource == nil {
		title = show.Expression(m.EventSourceArn)
	} else if servers := m.SelfManagedEventSource.Endpoints.KafkaBootstrapServers; len(servers) > 0 {
		title = servers[0]
	}
	if part := Part(m); part != "" {
		title += "/" + part
	}
	return title
}

// CheckSettings returns an error if settings of a function's mappings are invalid for any source.
func CheckSettings(info *sparta.LambdaAWSInfo) error {
	var errs []error
	for _, mapping := range info.EventSourceMappings {
		if mapping == nil {
			continue // sparta.Validate reports it
		}
		if err := errors.Join(settingProblems(mapping)...); err != nil {
			errs = append(errs, fmt.Errorf("function %s: event source mapping of %s: %w", info.Name(),
				Title(mapping), err))
		}
	}
	return errors.Join(errs...)
}
