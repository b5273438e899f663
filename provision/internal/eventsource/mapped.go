package eventsource

import (
	"fmt"
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/internal/logicalid"
	"github.com/go-sparta/sparta/internal/sample"
	"github.com/go-sparta/sparta/provision/internal/mapping"
	"github.com/go-sparta/sparta/provision/internal/show"
	"github.com/go-sparta/sparta/sparta"
)

// mapped is a queue, a stream, a cluster or a broker that Lambda reads for the function.
type mapped struct{ *sparta.EventSourceMapping }

func (m mapped) addTo(template *cloudformation.Template, target Target) error {
	id, role := target.ID+m.identity()+"Mapping", target.ID+"Role"
	if template.Resources[id] != nil {
		return fmt.Errorf("event source mapping of %s: the function has another mapping of the same source: remove one",
			m.title())
	}
	function := mapping.Function{ID: string(target.function()), RoleID: role}
	if err := mapping.Check(template, m.EventSourceMapping, function); err != nil {
		return fmt.Errorf("event source mapping of %s: %w", m.title(), err)
	}
	properties := map[string]any{"FunctionName": target.callee()}
	for _, setting := range mapping.Settings(m.EventSourceMapping) {
		properties[setting.Name] = setting.Value
	}
	resource := &cloudformation.Resource{Type: "AWS::Lambda::EventSourceMapping", Properties: properties}
	// Lambda checks at once whether the role may read the source.
	if template.Resources[role] != nil {
		resource.DependsOn = []string{role}
	}
	return template.Add(id, resource)
}

func (m mapped) statements(template *cloudformation.Template) []map[string]any {
	return mapping.Statements(template, m.EventSourceMapping)
}

func (mapped) permissions() []string {
	return []string{
		"lambda:CreateEventSourceMapping", "lambda:GetEventSourceMapping",
		"lambda:UpdateEventSourceMapping", "lambda:DeleteEventSourceMapping",
		"lambda:TagResource", "lambda:UntagResource", "lambda:ListTags",
	}
}

// identity is the part of the logical ID that identifies the source.
func (m mapped) identity() string {
	name, part := "Kafka", mapping.Part(m.EventSourceMapping)
	whole := part
	if m.SelfManagedEventSource != nil {
		whole = strings.Join(m.SelfManagedEventSource.Endpoints.KafkaBootstrapServers, ",") + "/" + part
	} else {
		name = identity(m.EventSourceArn)
	}
	if whole == "" {
		return name
	}
	return name + logicalid.Capitalized(logicalid.Letters(part)) + logicalid.Sum([]byte(whole))
}

func (m mapped) title() string { return mapping.Title(m.EventSourceMapping) }

func (m mapped) neighbour() show.Neighbour {
	title := m.title()
	return show.Neighbour{
		Invokes: true, Name: title, Title: title, Subtitle: mapping.Kind(m.EventSourceMapping),
		Sample: sample.OfMapping(m.EventSourceMapping),
	}
}

func (m mapped) facts() []show.Fact {
	texts := []string{m.title()}
	for _, setting := range mapping.Settings(m.EventSourceMapping) {
		switch setting.Name {
		case "EventSourceArn", "Topics", "Queues":
			// the title has them
		case "Enabled":
			texts = append(texts, "disabled")
		default:
			texts = append(texts, setting.Name+" "+strings.Join(show.Expressions(setting.Value), ", "))
		}
	}
	return []show.Fact{{Name: "Reads", Value: strings.Join(texts, "; ")}}
}
