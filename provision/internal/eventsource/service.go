package eventsource

import (
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/show"
	"github.com/go-sparta/sparta/sparta"
)

// service is an AWS service, or an account, that invokes the function by itself.
type service struct{ sparta.LambdaPermission }

func (s service) addTo(template *cloudformation.Template, target Target) error {
	what := capitalized(alphanumeric(s.Principal))
	if s.SourceArn != nil {
		what += identity(s.SourceArn)
	}
	if err := addPermission(template, target, what, s.Principal, s.BasePermission); err != nil {
		return err
	}
	if s.EventSourceToken != "" {
		template.Resources[target.ID+what+"Permission"].Properties["EventSourceToken"] = s.EventSourceToken
	}
	return nil
}

func (service) statements(*cloudformation.Template) []map[string]any { return nil }

func (service) permissions() []string { return permissionActions() }

func (s service) neighbour() show.Neighbour {
	name, _, _ := strings.Cut(s.Principal, ".")
	neighbour := show.Neighbour{Invokes: true, Name: s.Principal, Title: name, Subtitle: s.Principal}
	if s.SourceArn != nil {
		neighbour.Subtitle = show.Expression(s.SourceArn)
		neighbour.Name += " " + neighbour.Subtitle
	}
	return neighbour
}

func (s service) facts() []show.Fact {
	value := s.Principal
	if s.SourceArn != nil {
		value += ": " + show.Expression(s.SourceArn)
	}
	return []show.Fact{{Name: "Invoked by", Value: value}}
}
