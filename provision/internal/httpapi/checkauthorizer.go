package httpapi

import (
	"regexp"
	"strings"

	"github.com/go-sparta/sparta/internal/expression"
	"github.com/go-sparta/sparta/sparta"
)

var (
	tokenSource = regexp.MustCompile(`^\$request\.(header|querystring)\.[!-~]+$`)
	anySource   = regexp.MustCompile(`^\$(request\.(header|querystring)|context|stageVariables)\.[!-~]+$`)
)

func (c *checker) checkAuthorizers() {
	c.AtMost("", "Authorizers", len(c.API.Authorizers), maxAuthorizers)
	c.CheckAuthorizers(func(where string, authorizer *sparta.Authorizer) {
		if len(authorizer.ProviderARNs) > 0 {
			c.Reportf("%sProviderARNs is only for REST APIs: set JWTConfiguration to the user pool's issuer and its "+
				"clients", where)
		}
		if authorizer.IdentityValidationExpression != "" {
			c.Reportf("%sIdentityValidationExpression is only for REST APIs: clear it", where)
		}
		switch {
		case isWebSocket(c.API) && authorizer.Type != request:
			c.Reportf("%sType %q is unknown in a WebSocket API: use %s", where, authorizer.Type, request)
		case authorizer.Type == jwt:
			c.checkJWT(where, authorizer)
		case authorizer.Type == request:
			c.checkRequest(where, authorizer)
		default:
			c.Reportf("%sType %q is unknown in an HTTP API: use one of %s, %s", where, authorizer.Type, jwt, request)
		}
	})
}

// checkJWT checks an authorizer of tokens.
func (c *checker) checkJWT(where string, authorizer *sparta.Authorizer) {
	c.Refuse(where, "is for functions, but this authorizer is of type JWT", map[string]bool{
		"Function":                       authorizer.FunctionName() != "",
		"FunctionArn":                    authorizer.FunctionArn != nil,
		"Credentials":                    authorizer.Credentials != nil,
		"ResultTTLInSeconds":             authorizer.ResultTTLInSeconds != nil,
		"AuthorizerPayloadFormatVersion": authorizer.AuthorizerPayloadFormatVersion != "",
		"EnableSimpleResponses":          authorizer.EnableSimpleResponses,
	})
	if list := sources(c.API, authorizer); len(list) != 1 || !tokenSource.MatchString(list[0]) {
		c.Reportf("%sIdentitySource %q is invalid: use one $request.header.NAME or $request.querystring.NAME", where,
			authorizer.IdentitySource)
	}
	settings := authorizer.JWTConfiguration
	if settings == nil {
		c.Reportf("%sJWTConfiguration is missing: set it to the tokens' issuer and audience", where)
		return
	}
	if issuer, isText := expression.Text(settings.Issuer); !expression.Is(settings.Issuer) {
		c.Reportf("%sJWTConfiguration.Issuer is missing: set it to the URL of the tokens' issuer", where)
	} else if isText && (!strings.HasPrefix(issuer, "https://") || strings.Contains(issuer, "/.well-known/")) {
		c.Reportf("%sJWTConfiguration.Issuer %q is invalid: use a URL that begins with https://, without /.well-known",
			where, issuer)
	}
	if len(settings.Audience) == 0 {
		c.Reportf("%sJWTConfiguration.Audience is empty: add the tokens' audience, for example a client's ID", where)
	}
	c.AtMost(where, "audiences", len(settings.Audience), maxAudiences)
	for _, audience := range settings.Audience {
		if !expression.Is(audience) {
			c.Reportf("%sJWTConfiguration.Audience has %#v: use a text or a CloudFormation intrinsic", where, audience)
		}
	}
}

// checkRequest checks an authorizer that is a function.
func (c *checker) checkRequest(where string, authorizer *sparta.Authorizer) {
	if authorizer.JWTConfiguration != nil {
		c.Reportf("%sJWTConfiguration is for JWT, but this authorizer is of type REQUEST: clear it", where)
	}
	c.CheckAuthorizerFunction(where, authorizer)
	if isWebSocket(c.API) {
		c.checkWebSocketAuthorizer(where, authorizer)
	}
	for _, source := range sources(c.API, authorizer) {
		if !isWebSocket(c.API) && !anySource.MatchString(source) {
			c.Reportf("%sIdentitySource has %q: use $request.header.NAME, $request.querystring.NAME, $context.NAME or "+
				"$stageVariables.NAME", where, source)
		}
	}
	c.OneOf(where, "AuthorizerPayloadFormatVersion", authorizer.AuthorizerPayloadFormatVersion, version2, version1)
	if authorizer.EnableSimpleResponses && authorizer.AuthorizerPayloadFormatVersion == version1 {
		c.Reportf("%sEnableSimpleResponses requires AuthorizerPayloadFormatVersion 2.0: clear one of them", where)
	}
	c.CheckCredentials(where, authorizer.Credentials)
	c.CheckTTL(where, authorizer)
}
