package eventsource

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/internal/logicalid"
	"github.com/go-sparta/sparta/internal/sample"
	"github.com/go-sparta/sparta/provision/internal/show"
	"github.com/go-sparta/sparta/sparta"
)

// service is an AWS service, or an account, that invokes the function by itself.
type service struct{ sparta.LambdaPermission }

func (s service) addTo(template *cloudformation.Template, target Target) error {
	if err := s.settings(target.now()); err != nil {
		return err
	}
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

var (
	tokenPattern        = regexp.MustCompile(`^[a-zA-Z0-9._-]{1,256}$`)
	organizationPattern = regexp.MustCompile(`^o-[a-z0-9]{10,32}$`)
)

// settings returns an error if the principal contradicts the other conditions of the permission.
func (s service) settings(time.Time) error {
	ofAWS := strings.Contains(s.Principal, ".") && !strings.HasPrefix(s.Principal, "arn:")
	switch {
	case s.Principal == "*" && s.PrincipalOrgID == "":
		return errors.New("the principal * lets anybody invoke the function: set PrincipalOrgID to your " +
			"organization's ID, or Principal to an account")
	case ofAWS && s.PrincipalOrgID != "":
		return fmt.Errorf("PrincipalOrgID %s is for accounts, not for the service %s: remove it, or set Principal to *",
			s.PrincipalOrgID, s.Principal)
	case s.PrincipalOrgID != "" && !organizationPattern.MatchString(s.PrincipalOrgID):
		return fmt.Errorf("PrincipalOrgID %q is invalid: use an organization's ID, for example o-a1b2c3d4e5",
			s.PrincipalOrgID)
	case s.EventSourceToken != "" && !strings.HasPrefix(s.Principal, "alexa-"):
		return fmt.Errorf("EventSourceToken is for Alexa, not for %s: remove it, or set Principal to "+
			"alexa-appkit.amazon.com", s.Principal)
	case s.EventSourceToken != "" && !tokenPattern.MatchString(s.EventSourceToken):
		return fmt.Errorf("EventSourceToken %q is invalid: use the ID of an Alexa skill", s.EventSourceToken)
	}
	return nil
}

// id is the part of logical IDs that distinguishes the permission from the function's others: cognito-idp.amazonaws.com
// is CognitoIdp.
func (s service) id() string {
	principal := s.Principal
	for _, domain := range []string{".amazonaws.com", ".amazonaws.com.cn", ".amazon.com"} {
		principal = strings.TrimSuffix(principal, domain)
	}
	id := logicalid.Words(principal)
	switch {
	case s.Principal == "*":
		id = "Organization"
	case strings.HasPrefix(s.Principal, "arn:"):
		id = identity(s.Principal)
	case logicalid.Letters(s.Principal) == s.Principal:
		id = "Account" + s.Principal
	}
	if s.SourceArn != nil {
		id += identity(s.SourceArn)
	}
	return id + logicalid.Words(s.EventSourceToken) + logicalid.Words(s.PrincipalOrgID)
}

func (service) statements(*cloudformation.Template) []map[string]any { return nil }

func (service) permissions() []string { return permissionActions() }

func (s service) neighbour() show.Neighbour {
	name, _, _ := strings.Cut(s.Principal, ".")
	neighbour := show.Neighbour{
		Invokes: true, Name: s.Principal, Title: name, Subtitle: s.Principal, Sample: sample.OfPrincipal(s.Principal),
	}
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
