package httpapi

import (
	"regexp"
	"strings"

	"github.com/go-sparta/sparta/internal/expression"
	"github.com/go-sparta/sparta/sparta"
)

// maxTTL is how long API Gateway remembers an authorizer's decision at most, in seconds.
const maxTTL = 3600

var (
	tokenSource = regexp.MustCompile(`^\$request\.(header|querystring)\.[!-~]+$`)
	anySource   = regexp.MustCompile(`^\$(request\.(header|querystring)|context|stageVariables)\.[!-~]+$`)
)

func (c *checker) checkAuthorizers() {
	c.atMost("", "Authorizers", len(c.api.Authorizers), maxAuthorizers)
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
		if len(authorizer.ProviderARNs) > 0 {
			c.reportf("%sProviderARNs is only for REST APIs: set JWTConfiguration to the user pool's issuer and its "+
				"clients", where)
		}
		if authorizer.IdentityValidationExpression != "" {
			c.reportf("%sIdentityValidationExpression is only for REST APIs: clear it", where)
		}
		switch {
		case isWebSocket(c.api) && authorizer.Type != request:
			c.reportf("%sType %q is unknown in a WebSocket API: use %s", where, authorizer.Type, request)
		case authorizer.Type == jwt:
			c.checkJWT(where, authorizer)
		case authorizer.Type == request:
			c.checkRequest(where, authorizer)
		default:
			c.reportf("%sType %q is unknown in an HTTP API: use one of %s, %s", where, authorizer.Type, jwt, request)
		}
	}
}

// checkJWT checks an authorizer of tokens.
func (c *checker) checkJWT(where string, authorizer *sparta.Authorizer) {
	c.refuse(where, "is for functions, but this authorizer is of type JWT", []setting{
		{"Function", authorizer.FunctionName() != ""},
		{"FunctionArn", authorizer.FunctionArn != nil},
		{"Credentials", authorizer.Credentials != nil},
		{"ResultTTLInSeconds", authorizer.ResultTTLInSeconds != nil},
		{"AuthorizerPayloadFormatVersion", authorizer.AuthorizerPayloadFormatVersion != ""},
		{"EnableSimpleResponses", authorizer.EnableSimpleResponses},
	})
	if list := sources(c.api, authorizer); len(list) != 1 || !tokenSource.MatchString(list[0]) {
		c.reportf("%sIdentitySource %q is invalid: use one $request.header.NAME or $request.querystring.NAME", where,
			authorizer.IdentitySource)
	}
	settings := authorizer.JWTConfiguration
	if settings == nil {
		c.reportf("%sJWTConfiguration is missing: set it to the tokens' issuer and audience", where)
		return
	}
	if issuer, isText := expression.Text(settings.Issuer); !expression.Is(settings.Issuer) {
		c.reportf("%sJWTConfiguration.Issuer is missing: set it to the URL of the tokens' issuer", where)
	} else if isText && (!strings.HasPrefix(issuer, "https://") || strings.Contains(issuer, "/.well-known/")) {
		c.reportf("%sJWTConfiguration.Issuer %q is invalid: use a URL that begins with https://, without /.well-known",
			where, issuer)
	}
	if len(settings.Audience) == 0 {
		c.reportf("%sJWTConfiguration.Audience is empty: add the tokens' audience, for example a client's ID", where)
	}
	c.atMost(where, "audiences", len(settings.Audience), maxAudiences)
	for _, audience := range settings.Audience {
		if !expression.Is(audience) {
			c.reportf("%sJWTConfiguration.Audience has %#v: use a text or a CloudFormation intrinsic", where, audience)
		}
	}
}

// checkRequest checks an authorizer that is a function.
func (c *checker) checkRequest(where string, authorizer *sparta.Authorizer) {
	if authorizer.JWTConfiguration != nil {
		c.reportf("%sJWTConfiguration is for JWT, but this authorizer is of type REQUEST: clear it", where)
	}
	switch {
	case authorizer.FunctionArn == nil:
		c.function(where, authorizer.FunctionName())
	case authorizer.FunctionName() != "":
		c.reportf("%sboth Function and FunctionArn are set: clear one", where)
	case !expression.Is(authorizer.FunctionArn):
		c.reportf("%sFunctionArn of type %T is invalid: use an ARN or a CloudFormation intrinsic", where,
			authorizer.FunctionArn)
	}
	if isWebSocket(c.api) {
		c.checkWebSocketAuthorizer(where, authorizer)
	}
	for _, source := range sources(c.api, authorizer) {
		if !isWebSocket(c.api) && !anySource.MatchString(source) {
			c.reportf("%sIdentitySource has %q: use $request.header.NAME, $request.querystring.NAME, $context.NAME or "+
				"$stageVariables.NAME", where, source)
		}
	}
	c.oneOf(where, "AuthorizerPayloadFormatVersion", authorizer.AuthorizerPayloadFormatVersion, version2, version1)
	if authorizer.EnableSimpleResponses && authorizer.AuthorizerPayloadFormatVersion == version1 {
		c.reportf("%sEnableSimpleResponses requires AuthorizerPayloadFormatVersion 2.0: clear one of them", where)
	}
	if authorizer.Credentials != nil && !expression.Is(authorizer.Credentials) {
		c.reportf("%sCredentials of type %T is invalid: use a role's ARN or a CloudFormation intrinsic", where,
			authorizer.Credentials)
	}
	if ttl := authorizer.ResultTTLInSeconds; ttl != nil {
		c.between(where, "ResultTTLInSeconds", *ttl, 0, maxTTL)
	}
}
