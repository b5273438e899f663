package sparta

import (
	"errors"
	"fmt"
	"strings"
)

// LambdaPermission lets an AWS service, an account or an organization invoke the function. It is for what is set up
// elsewhere, such as Cognito, Alexa, IoT, Config, Lex or a load balancer.
type LambdaPermission struct {
	BasePermission
	// Principal is a service, for example cognito-idp.amazonaws.com, an account, a user or role, or * for all of an
	// organization.
	Principal string `json:"principal"`
	// EventSourceToken is what Alexa has to present: the ID of the skill.
	EventSourceToken string `json:"eventSourceToken,omitempty"`
	// PrincipalOrgID is the ID of the organization that the principal has to belong to.
	PrincipalOrgID string `json:"principalOrgID,omitempty"`
}

var (
	principalPattern    = pattern(`^([a-z0-9-]+(\.[a-z0-9-]+)+|[0-9]{12}|arn:[a-z-]+:iam::[0-9]{12}:.+|\*)$`)
	tokenPattern        = pattern(`^[a-zA-Z0-9._-]{1,256}$`)
	organizationPattern = pattern(`^o-[a-z0-9]{10,32}$`)
)

func (p LambdaPermission) problems() []error {
	errs := p.BasePermission.problems()
	service := strings.Contains(p.Principal, ".") && !strings.HasPrefix(p.Principal, "arn:")
	switch {
	case p.Principal == "":
		errs = append(errs, errors.New("the principal is missing: set Principal to a service, "+
			"for example cognito-idp.amazonaws.com"))
	case !principalPattern().MatchString(p.Principal):
		errs = append(errs, fmt.Errorf("the principal %q is invalid: set Principal to a service, for example "+
			"cognito-idp.amazonaws.com, an account's twelve digits, the ARN of a user or role, or * with "+
			"PrincipalOrgID", p.Principal))
	case p.Principal == "*" && p.PrincipalOrgID == "":
		errs = append(errs, errors.New("the principal * lets anybody invoke the function: set PrincipalOrgID to your "+
			"organization's ID, or Principal to an account"))
	case service && p.PrincipalOrgID != "":
		errs = append(errs, fmt.Errorf("PrincipalOrgID %s is for accounts, not for the service %s: remove it, "+
			"or set Principal to *", p.PrincipalOrgID, p.Principal))
	case p.EventSourceToken != "" && !strings.HasPrefix(p.Principal, "alexa-"):
		errs = append(errs, fmt.Errorf("EventSourceToken is for Alexa, not for %s: remove it, or set Principal to "+
			"alexa-appkit.amazon.com", p.Principal))
	}
	if p.EventSourceToken != "" && !tokenPattern().MatchString(p.EventSourceToken) {
		errs = append(errs, fmt.Errorf("EventSourceToken %q is invalid: use the ID of an Alexa skill",
			p.EventSourceToken))
	}
	if p.PrincipalOrgID != "" && !organizationPattern().MatchString(p.PrincipalOrgID) {
		errs = append(errs, fmt.Errorf("PrincipalOrgID %q is invalid: use an organization's ID, for example "+
			"o-a1b2c3d4e5", p.PrincipalOrgID))
	}
	return errs
}
