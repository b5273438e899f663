package sparta

import (
	"errors"
	"fmt"
)

// LambdaPermission lets an AWS service, an account or an organization invoke the function. Use it for sources that are
// configured elsewhere, such as Cognito, Alexa, IoT, Config, Lex or a load balancer.
type LambdaPermission struct {
	BasePermission
	// Principal is a service, for example cognito-idp.amazonaws.com, an account, a user or role, or * for all of an
	// organization.
	Principal string `json:"principal"`
	// EventSourceToken is the ID of the Alexa skill that invokes the function.
	EventSourceToken string `json:"eventSourceToken,omitempty"`
	// PrincipalOrgID is the ID of the organization that the principal has to belong to.
	PrincipalOrgID string `json:"principalOrgID,omitempty"`
}

var principalPattern = pattern(`^([a-z0-9-]+(\.[a-z0-9-]+)+|[0-9]{12}|arn:[a-z-]+:iam::[0-9]{12}:.+|\*)$`)

func (p LambdaPermission) problems() []error {
	errs := p.BasePermission.problems()
	switch {
	case p.Principal == "":
		errs = append(errs, errors.New("the principal is missing: set Principal to a service, "+
			"for example cognito-idp.amazonaws.com"))
	case !principalPattern().MatchString(p.Principal):
		errs = append(errs, fmt.Errorf("the principal %q is invalid: set Principal to a service, for example "+
			"cognito-idp.amazonaws.com, an account's twelve digits, the ARN of a user or role, or * with "+
			"PrincipalOrgID", p.Principal))
	}
	return errs
}
