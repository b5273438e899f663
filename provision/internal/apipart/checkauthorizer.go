package apipart

import (
	"strings"

	"github.com/go-sparta/sparta/internal/expression"
	"github.com/go-sparta/sparta/sparta"
)

// The values of Authorizer that are not names of authorizers.
const (
	Signed = "AWS_IAM"
	Open   = "NONE"
)

// maxTTL is how long API Gateway remembers an authorizer's decision at most, in seconds.
const maxTTL = 3600

// AuthorizerOf returns the API's authorizer that a method or route names, or nil.
func AuthorizerOf(api *sparta.API, name any) *sparta.Authorizer {
	for _, authorizer := range api.Authorizers {
		if authorizer != nil && name == any(authorizer.Name) {
			return authorizer
		}
	}
	return nil
}

// CheckAccess checks the authorizer and the scopes of a method or route. Scopes are for authorizers of one type, which
// errors call scoped.
func (c *Checker) CheckAccess(where string, named any, scopes []string, scopedType, scoped string) {
	authorizer := AuthorizerOf(c.API, named)
	if len(scopes) > 0 && (authorizer == nil || authorizer.Type != scopedType) && !expression.IsIntrinsic(named) {
		c.Reportf("%sAuthorizationScopes are for %s: set Authorizer to one, or clear them", where, scoped)
	}
	if authorizer != nil || named == nil || named == Signed || named == Open {
		return
	}
	if name, isText := expression.Text(named); isText {
		var names []string
		for _, one := range c.API.Authorizers {
			if one != nil {
				names = append(names, one.Name)
			}
		}
		c.Reportf("%sthe API has no authorizer %q: set Authorizer to one of its Authorizers (%s), or to AWS_IAM", where,
			name, strings.Join(names, ", "))
	} else if !expression.IsIntrinsic(named) {
		c.Reportf("%sAuthorizer of type %T is invalid: use a name, or a CloudFormation intrinsic", where, named)
	}
}

// CheckAuthorizers checks the names of the authorizers, and calls check for each that has one.
func (c *Checker) CheckAuthorizers(check func(where string, authorizer *sparta.Authorizer)) {
	known := map[string]bool{}
	for i, authorizer := range c.API.Authorizers {
		if authorizer == nil || authorizer.Name == "" {
			c.Reportf("authorizer %d has no name: set Name", i+1)
			continue
		}
		where := "authorizer " + authorizer.Name + ": "
		if known[authorizer.Name] {
			c.Reportf("%sthere are two of this name: rename one", where)
		}
		if known[authorizer.Name] = true; authorizer.Name == Signed || authorizer.Name == Open {
			c.Reportf("%sthis name is reserved: choose another", where)
		}
		check(where, authorizer)
	}
}

// CheckAuthorizerFunction checks the function of an authorizer.
func (c *Checker) CheckAuthorizerFunction(where string, authorizer *sparta.Authorizer) {
	switch {
	case authorizer.FunctionArn == nil:
		c.CheckFunction(where, authorizer.FunctionName())
	case authorizer.FunctionName() != "":
		c.Reportf("%sboth Function and FunctionArn are set: clear one", where)
	case !expression.Is(authorizer.FunctionArn):
		c.Reportf("%sFunctionArn of type %T is invalid: use an ARN or a CloudFormation intrinsic", where,
			authorizer.FunctionArn)
	}
}

// CheckTTL checks how long an authorizer's decision is remembered.
func (c *Checker) CheckTTL(where string, authorizer *sparta.Authorizer) {
	if ttl := authorizer.ResultTTLInSeconds; ttl != nil {
		c.Between(where, "ResultTTLInSeconds", *ttl, 0, maxTTL)
	}
}

// CheckCredentials checks the role that something uses to invoke its function.
func (c *Checker) CheckCredentials(where string, role any) {
	if role != nil && !expression.Is(role) {
		c.Reportf("%sCredentials of type %T is invalid: use a role's ARN or a CloudFormation intrinsic", where, role)
	}
}
