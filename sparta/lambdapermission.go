package sparta

import (
	"errors"
	"fmt"
)

// LambdaPermission lets an AWS service invoke the function. It is for services that are set up elsewhere, such as
// Cognito, IoT, Config, Lex or a load balancer.
type LambdaPermission struct {
	BasePermission
	Principal string `json:"principal"` // the service, for example cognito-idp.amazonaws.com, or an account
	// EventSourceToken is what the caller has to present: the ID of an Alexa skill.
	EventSourceToken string `json:"eventSourceToken,omitempty"`
}

var principalPattern = pattern(`^([a-z0-9-]+(\.[a-z0-9-]+)+|[0-9]{12}|arn:[a-z-]+:iam::[0-9]{12}:.+)$`)

func (p LambdaPermission) problems() []error {
	errs := p.BasePermission.problems()
	switch {
	case p.Principal == "":
		errs = append(errs, errors.New("the principal is missing: set Principal to a service, "+
			"for example cognito-idp.amazonaws.com"))
	case !principalPattern().MatchString(p.Principal):
		errs = append(errs, fmt.Errorf("the principal %q is invalid: set Principal to a service, for example "+
			"cognito-idp.amazonaws.com, an account's twelve digits, or the ARN of a user or role", p.Principal))
	}
	return errs
}
