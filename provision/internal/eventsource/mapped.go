package eventsource

import (
	"fmt"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/show"
	"github.com/go-sparta/sparta/sparta"
)

// mapped is a queue, a stream, a cluster or a broker that Lambda reads for the function.
type mapped struct{ *sparta.EventSourceMapping }

func (m mapped) addTo(template *cloudformation.Template, target Target) error {
	reader, err := readerOf(template, m.EventSourceArn)
	if err == nil {
		err = reader.check(m.EventSourceMapping)
	}
	if err != nil {
		return err
	}
	properties := map[string]any{
		"FunctionName":   target.callee(),
		"EventSourceArn": m.EventSourceArn,
	}
	if m.Disabled {
		properties["Enabled"] = false
	}
	if m.StartingPosition != "" {
		properties["StartingPosition"] = m.StartingPosition
	}
	if m.BatchSize != 0 {
		properties["BatchSize"] = m.BatchSize
	}
	resource := &cloudformation.Resource{Type: "AWS::Lambda::EventSourceMapping", Properties: properties}
	// Lambda checks at once whether the role may read the source.
	if role := target.ID + "Role"; template.Resources[role] != nil {
		resource.DependsOn = []string{role}
	}
	return template.Add(target.ID+identity(m.EventSourceArn)+"Mapping", resource)
}

func (m mapped) statements(template *cloudformation.Template) []map[string]any {
	reader, err := readerOf(template, m.EventSourceArn)
	if err != nil {
		return nil // addTo reports it; without a template it is not known
	}
	return reader.statements(m.EventSourceMapping)
}

func (mapped) permissions() []string {
	return []string{
		"lambda:CreateEventSourceMapping", "lambda:GetEventSourceMapping",
		"lambda:UpdateEventSourceMapping", "lambda:DeleteEventSourceMapping",
	}
}

func (m mapped) neighbour() show.Neighbour {
	neighbour := show.Neighbour{Invokes: true, Title: show.Expression(m.EventSourceArn), Subtitle: "event source mapping"}
	if reader, err := readerOf(nil, m.EventSourceArn); err == nil {
		neighbour.Subtitle = reader.title
	}
	neighbour.Name = neighbour.Title
	return neighbour
}

func (m mapped) facts() []show.Fact {
	value := show.Expression(m.EventSourceArn)
	if m.BatchSize != 0 {
		value += fmt.Sprintf(", up to %d records", m.BatchSize)
	}
	if m.Disabled {
		value += ", disabled"
	}
	return []show.Fact{{Name: "Reads", Value: value}}
}
