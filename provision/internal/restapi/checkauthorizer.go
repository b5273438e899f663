package restapi

import (
	"github.com/go-sparta/sparta/internal/expression"
	"github.com/go-sparta/sparta/sparta"
)

func (c *checker) checkAuthorizers() {
	c.CheckAuthorizers(func(where string, authorizer *sparta.Authorizer) {
		switch authorizer.Type {
		case cognito:
			if len(authorizer.ProviderARNs) == 0 {
				c.Reportf("%sProviderARNs is empty: add the ARN of a user pool", where)
			}
			for _, arn := range authorizer.ProviderARNs {
				if !expression.Is(arn) {
					c.Reportf("%sProviderARNs has a value of type %T: use an ARN or a CloudFormation intrinsic",
						where, arn)
				}
			}
		case "TOKEN", "REQUEST":
			c.CheckAuthorizerFunction(where, authorizer)
		default:
			c.Reportf("%sType %q is unknown: use one of %s, TOKEN, REQUEST", where, authorizer.Type, cognito)
		}
		c.CheckCredentials(where, authorizer.Credentials)
		c.CheckTTL(where, authorizer)
	})
}
