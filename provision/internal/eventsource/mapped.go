package eventsource

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/show"
	"github.com/go-sparta/sparta/sparta"
)

// mapped is a queue, a stream, a cluster or a broker that Lambda reads for the function.
type mapped struct{ *sparta.EventSourceMapping }

func (m mapped) addTo(template *cloudformation.Template, target Target) error {
	id := target.ID + m.identity() + "Mapping"
	if template.Resources[id] != nil {
		return fmt.Errorf("event source mapping of %s: the function has another one of the same source: remove one",
			m.title())
	}
	if err := m.check(template, target); err != nil {
		return fmt.Errorf("event source mapping of %s: %w", m.title(), err)
	}
	properties := map[string]any{"FunctionName": target.callee()}
	for _, setting := range settings(m.EventSourceMapping) {
		properties[setting.name] = setting.value
	}
	resource := &cloudformation.Resource{Type: "AWS::Lambda::EventSourceMapping", Properties: properties}
	// Lambda checks at once whether the role may read the source.
	if role := target.roleID(); template.Resources[role] != nil {
		resource.DependsOn = []string{role}
	}
	return template.Add(id, resource)
}

// check returns an error if Lambda would refuse a setting. If the role is not the stack's, the source may be one of
// which only AWS knows the kind.
func (m mapped) check(template *cloudformation.Template, target Target) error {
	if err := errors.Join(settingProblems(m.EventSourceMapping)...); err != nil {
		return err
	}
	reader, source, err := readerOf(template, m.EventSourceMapping)
	if errors.Is(err, errUnknownKind) && template.Resources[target.roleID()] == nil {
		return nil
	}
	if err != nil {
		return err
	}
	return reader.checkSettings(m.connection(template, source, template.Resources[string(target.function())]))
}

func (m mapped) connection(template *cloudformation.Template, source, function *cloudformation.Resource) connection {
	return connection{m.EventSourceMapping, template, source, function}
}

// roleIsForeign reports whether the function's role is not one of the stack's.
func (c connection) roleIsForeign() bool {
	if c.function == nil {
		return true
	}
	targets, err := cloudformation.References(c.function.Properties["Role"])
	return err == nil && (len(targets) != 1 || c.template.Resources[targets[0]] == nil)
}

// resourceOf is the template's resource that a value refers to, or nil.
func (c connection) resourceOf(value any) *cloudformation.Resource {
	targets, err := cloudformation.References(value)
	if c.template == nil || err != nil || len(targets) != 1 {
		return nil
	}
	return c.template.Resources[targets[0]]
}

func (m mapped) statements(template *cloudformation.Template) []map[string]any {
	reader, source, err := readerOf(template, m.EventSourceMapping)
	if err != nil {
		return nil // addTo reports it; without a template it is not known
	}
	return reader.statements(m.connection(template, source, nil))
}

func (mapped) permissions() []string {
	return []string{
		"lambda:CreateEventSourceMapping", "lambda:GetEventSourceMapping",
		"lambda:UpdateEventSourceMapping", "lambda:DeleteEventSourceMapping",
		"lambda:TagResource", "lambda:UntagResource", "lambda:ListTags",
	}
}

// part is the topic, the queue or the collection of a source that has several.
func (m mapped) part() string {
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

// identity is the part of the logical ID that identifies the source.
func (m mapped) identity() string {
	whole := m.part()
	name := ""
	if m.SelfManagedEventSource != nil {
		name = "Kafka"
		whole = strings.Join(m.SelfManagedEventSource.Endpoints.KafkaBootstrapServers, ",") + "/" + whole
	} else {
		name = identity(m.EventSourceArn)
	}
	part := capitalized(alphanumeric(m.part()))
	if part == whole || whole == "" {
		return name + part
	}
	sum := sha256.Sum256([]byte(whole))
	return name + part + hex.EncodeToString(sum[:4])
}

// title is the source in words.
func (m mapped) title() string {
	title := ""
	if m.SelfManagedEventSource == nil {
		title = words(m.EventSourceArn)
	} else if servers := m.SelfManagedEventSource.Endpoints.KafkaBootstrapServers; len(servers) > 0 {
		title = servers[0]
	}
	if part := m.part(); part != "" {
		title += "/" + part
	}
	return title
}

func (m mapped) neighbour() show.Neighbour {
	neighbour := show.Neighbour{Invokes: true, Title: m.title(), Subtitle: "event source mapping"}
	if reader, _, err := readerOf(nil, m.EventSourceMapping); err == nil {
		neighbour.Subtitle = bare(reader.title)
	}
	neighbour.Name = neighbour.Title
	return neighbour
}

func (m mapped) facts() []show.Fact {
	texts := []string{m.title()}
	for _, setting := range settings(m.EventSourceMapping) {
		switch setting.name {
		case "EventSourceArn", "Topics", "Queues":
			// in the title
		case "Enabled":
			texts = append(texts, "disabled")
		default:
			texts = append(texts, setting.name+" "+strings.Join(show.Expressions(setting.value), ", "))
		}
	}
	return []show.Fact{{Name: "Reads", Value: strings.Join(texts, "; ")}}
}

// words is a text or an intrinsic for people.
func words(value any) string { return show.Expression(value) }
