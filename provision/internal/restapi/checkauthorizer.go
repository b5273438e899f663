package restapi

import (
	"strings"

	"github.com/go-sparta/sparta/internal/expression"
	"github.com/go-sparta/sparta/sparta"
)

// maxTTL is how long API Gateway remembers an authorizer's decision at most, in seconds.
const maxTTL = 3600

// checkAuthorizer checks that a method's authorizer exists.
func (c *checker) checkAuthorizer(where string, method *sparta.Method) {
	authorizer := authorizerOf(c.api, method)
	if len(method.AuthorizationScopes) > 0 && (authorizer == nil || authorizer.Type != cognito) &&
		!expression.IsIntrinsic(method.Authorizer) {
		c.reportf("%sAuthorizationScopes are for Cognito's user pools: set Authorizer to one, or clear them", where)
	}
	if authorizer != nil || method.Authorizer == nil || method.Authorizer == signed || method.Authorizer == open {
		return
	}
	if name, isText := method.Authorizer.(string); isText {
		var names []string
		for _, one := range c.api.Authorizers {
			if one != nil {
				names = append(names, one.Name)
			}
		}
		c.reportf("%sthe API has no authorizer %q: set Authorizer to one of its Authorizers (%s), or to AWS_IAM", where,
			name, strings.Join(names, ", "))
	} else if !expression.IsIntrinsic(method.Authorizer) {
		c.reportf("%sAuthorizer of type %T is invalid: use a name, or a CloudFormation intrinsic", where,
			method.Authorizer)
	}
}

func (c *checker) checkAuthorizers() {
	known := map[string]bool{}
	for i, authorizer := range c.api.Authorizers {
		if authorizer == nil || authorizer.Name == "" {
			c.reportf("authorizer %d has no name: set Name", i+1)
			continue
		}
		where := "authorizer " + authorizer.Name + ": "
		if known[authorizer.Name] {
			c.reportf("%sthere are two of this name: rename one", where)
		}
		if known[authorizer.Name] = true; authorizer.Name == signed || authorizer.Name == open {
			c.reportf("%sthis name is reserved: choose another", where)
		}
		switch authorizer.Type {
		case cognito:
			if len(authorizer.ProviderARNs) == 0 {
				c.reportf("%sProviderARNs is empty: add the ARN of a user pool", where)
			}
			for _, arn := range authorizer.ProviderARNs {
				if !expression.Is(arn) {
					c.reportf("%sProviderARNs has a value of type %T: use an ARN or a CloudFormation intrinsic",
						where, arn)
				}
			}
		case "TOKEN", "REQUEST":
			if authorizer.FunctionArn == nil {
				c.checkFunction(where, authorizer.FunctionName())
			} else if authorizer.FunctionName() != "" {
				c.reportf("%sboth Function and FunctionArn are set: clear one", where)
			} else if !expression.Is(authorizer.FunctionArn) {
				c.reportf("%sFunctionArn of type %T is invalid: use an ARN or a CloudFormation intrinsic", where,
					authorizer.FunctionArn)
			}
		default:
			c.reportf("%sType %q is unknown: use one of %s, TOKEN, REQUEST", where, authorizer.Type, cognito)
		}
		if ttl := authorizer.ResultTTLInSeconds; ttl != nil && (*ttl < 0 || *ttl > maxTTL) {
			c.reportf("%sResultTTLInSeconds %d is out of range: use 0 to %d", where, *ttl, maxTTL)
		}
	}
}
