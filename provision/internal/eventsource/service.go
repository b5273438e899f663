package eventsource

import (
	"fmt"
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/show"
	"github.com/go-sparta/sparta/sparta"
)

// service is an AWS service, or an account, that invokes the function by itself.
type service struct{ sparta.LambdaPermission }

func (s service) addTo(template *cloudformation.Template, target Target) error {
	id := s.id()
	if template.Resources[target.ID+id+"Permission"] != nil {
		return fmt.Errorf("two LambdaPermissions let %s invoke the function in the same way: remove one, or set "+
			"another SourceArn", s.Principal)
	}
	if err := addPermission(template, target, id, s.Principal, s.BasePermission); err != nil {
		return err
	}
	properties := template.Resources[target.ID+id+"Permission"].Properties
	if s.EventSourceToken != "" {
		properties["EventSourceToken"] = s.EventSourceToken
	}
	if s.PrincipalOrgID != "" {
		properties["PrincipalOrgID"] = s.PrincipalOrgID
	}
	return nil
}

// id is the part of logical IDs that tells the permission from others of the function: cognito-idp.amazonaws.com is
// CognitoIdp.
func (s service) id() string {
	principal := s.Principal
	for _, domain := range []string{".amazonaws.com", ".amazonaws.com.cn", ".amazon.com"} {
		principal = strings.TrimSuffix(principal, domain)
	}
	id := camel(principal)
	switch {
	case s.Principal == "*":
		id = "Organization"
	case strings.HasPrefix(s.Principal, "arn:"):
		id = identity(s.Principal)
	case alphanumeric(s.Principal) == s.Principal:
		id = "Account" + s.Principal
	}
	if s.SourceArn != nil {
		id += identity(s.SourceArn)
	}
	return id + camel(s.EventSourceToken) + camel(s.PrincipalOrgID)
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
	if s.PrincipalOrgID != "" {
		value += " in organization " + s.PrincipalOrgID
	}
	if s.SourceArn != nil {
		value += ": " + show.Expression(s.SourceArn)
	}
	if s.SourceAccount != "" {
		value += ", of account " + s.SourceAccount
	}
	if s.EventSourceToken != "" {
		value += ", with the token " + s.EventSourceToken
	}
	return []show.Fact{{Name: "Invoked by", Value: value}}
}
