// Package mapping knows the kinds of sources that Lambda reads for functions: which settings each has, what is wrong
// with them, and what a function's role has to allow.
package mapping

import (
	"errors"
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/arn"
	"github.com/go-sparta/sparta/provision/internal/show"
	"github.com/go-sparta/sparta/sparta"
)

// Function is what a mapping connects its source with: logical IDs of the function and of its own role.
type Function struct{ ID, RoleID string }

// Check returns an error if Lambda would refuse a setting of the mapping. If the role is not the stack's, the source
// may be one of which only AWS knows the kind.
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

// likelyReader is the kind that a source has to be of for the mapping's settings to be right, where there is no
// template that says what the source is.
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

// resourceOf is the template's resource that a value refers to, or nil.
func (c connection) resourceOf(value any) *cloudformation.Resource {
	targets, err := cloudformation.References(value)
	if c.template == nil || err != nil || len(targets) != 1 {
		return nil
	}
	return c.template.Resources[targets[0]]
}
