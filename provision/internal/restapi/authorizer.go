package restapi

import (
	"cmp"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/apipart"
	"github.com/go-sparta/sparta/sparta"
)

const (
	cognito = "COGNITO_USER_POOLS"
	custom  = "CUSTOM"
)

func authorizerID(name string) string { return gateway + "Authorizer" + apipart.Identity(name) }

// authorization is a method's kind of authorization, and the ID of its authorizer.
func (b *builder) authorization(method *sparta.Method) (kind string, id any) {
	if authorizer := apipart.AuthorizerOf(b.api, method.Authorizer); authorizer != nil {
		if authorizer.Type == cognito {
			return cognito, cloudformation.Ref(authorizerID(authorizer.Name))
		}
		return custom, cloudformation.Ref(authorizerID(authorizer.Name))
	}
	switch method.Authorizer {
	case nil, apipart.Open:
		return apipart.Open, nil
	case apipart.Signed:
		return apipart.Signed, nil
	}
	if targets, err := cloudformation.References(method.Authorizer); err == nil && len(targets) == 1 {
		if resource := b.template.Resources[targets[0]]; resource != nil && resource.Properties["Type"] == cognito {
			return cognito, method.Authorizer
		}
	}
	return custom, method.Authorizer
}

// addAuthorizers adds the API's authorizers.
func (b *builder) addAuthorizers() {
	for _, authorizer := range b.api.Authorizers {
		properties := map[string]any{
			"RestApiId":                    cloudformation.Ref(gateway),
			"Name":                         authorizer.Name,
			"Type":                         authorizer.Type,
			"IdentitySource":               cmp.Or(authorizer.IdentitySource, "method.request.header.Authorization"),
			"IdentityValidationExpression": authorizer.IdentityValidationExpression,
			"ProviderARNs":                 authorizer.ProviderARNs,
			"AuthorizerCredentials":        authorizer.Credentials,
			"AuthorizerResultTtlInSeconds": authorizer.ResultTTLInSeconds, // 0 is a valid value
		}
		switch {
		case authorizer.Type == cognito:
		case authorizer.FunctionArn != nil:
			properties["AuthorizerUri"] = apipart.InvocationOf(authorizer.FunctionArn)
		default:
			properties["AuthorizerUri"] = b.function(authorizer.FunctionName()).Invocation()
		}
		b.add(authorizerID(authorizer.Name), "Authorizer", properties)
	}
}
