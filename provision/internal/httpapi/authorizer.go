package httpapi

import (
	"cmp"
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/apipart"
	"github.com/go-sparta/sparta/sparta"
)

// The kinds of authorizers and of authorization.
const (
	jwt     = "JWT"
	request = "REQUEST"
	custom  = "CUSTOM"
)

// defaultTTL is how long a decision is remembered, in seconds.
const defaultTTL = 300

func (b *builder) authorizerID(name string) string {
	return b.id + "Authorizer" + apipart.Identity(name)
}

// authorization returns a route's kind of authorization, and the ID of its authorizer.
func (b *builder) authorization(route *sparta.Route) (kind string, id any) {
	if authorizer := apipart.AuthorizerOf(b.api, route.Authorizer); authorizer != nil {
		if authorizer.Type == jwt {
			return jwt, cloudformation.Ref(b.authorizerID(authorizer.Name))
		}
		return custom, cloudformation.Ref(b.authorizerID(authorizer.Name))
	}
	switch route.Authorizer {
	case nil, apipart.Open:
		return apipart.Open, nil
	case apipart.Signed:
		return apipart.Signed, nil
	}
	if targets, err := cloudformation.References(route.Authorizer); err == nil && len(targets) == 1 {
		resource := b.template.Resources[targets[0]]
		if resource != nil && resource.Properties["AuthorizerType"] == jwt {
			return jwt, route.Authorizer
		}
	}
	return custom, route.Authorizer
}

// sources returns the parts of a request that an authorizer requires.
func sources(api *sparta.API, authorizer *sparta.Authorizer) []string {
	common := "$request.header.Authorization"
	if isWebSocket(api) {
		common = "route.request.header.Authorization"
	}
	var list []string
	for source := range strings.SplitSeq(cmp.Or(authorizer.IdentitySource, common), ",") {
		list = append(list, strings.TrimSpace(source))
	}
	return list
}

// addAuthorizers adds the API's authorizers.
func (b *builder) addAuthorizers() {
	for _, authorizer := range b.api.Authorizers {
		properties := map[string]any{
			"ApiId":          cloudformation.Ref(b.id),
			"Name":           authorizer.Name,
			"AuthorizerType": authorizer.Type,
			"IdentitySource": sources(b.api, authorizer),
		}
		if authorizer.Type == jwt {
			properties["JwtConfiguration"] = map[string]any{
				"Issuer": authorizer.JWTConfiguration.Issuer, "Audience": authorizer.JWTConfiguration.Audience,
			}
		} else {
			b.configureFunction(authorizer, properties)
		}
		var permissions []string
		if authorizer.Type == request && authorizer.FunctionArn == nil {
			permissions = append(permissions, b.permissionID(b.function(authorizer.FunctionName())))
		}
		b.add(b.authorizerID(authorizer.Name), "Authorizer", properties, permissions...)
	}
}

// configureFunction sets the properties of an authorizer that is a function.
func (b *builder) configureFunction(authorizer *sparta.Authorizer, properties map[string]any) {
	properties["AuthorizerPayloadFormatVersion"] = b.version(authorizer.AuthorizerPayloadFormatVersion)
	properties["EnableSimpleResponses"] = authorizer.EnableSimpleResponses
	properties["AuthorizerCredentialsArn"] = authorizer.Credentials
	if ttl := int64(defaultTTL); !isWebSocket(b.api) {
		if authorizer.ResultTTLInSeconds != nil {
			ttl = *authorizer.ResultTTLInSeconds
		}
		properties["AuthorizerResultTtlInSeconds"] = &ttl // 0 is a valid value
	}
	if authorizer.FunctionArn != nil {
		properties["AuthorizerUri"] = apipart.InvocationOf(authorizer.FunctionArn)
	} else {
		properties["AuthorizerUri"] = b.function(authorizer.FunctionName()).Invocation()
	}
}
