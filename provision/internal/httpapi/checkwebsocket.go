package httpapi

import (
	"regexp"

	"github.com/go-sparta/sparta/internal/apiroutes"
	"github.com/go-sparta/sparta/sparta"
)

// maxWebSocketTimeout is how long API Gateway waits for a function of a WebSocket API, in milliseconds.
const maxWebSocketTimeout = 29000

var (
	selectionPattern = regexp.MustCompile(`^\$\{?request\.body\.[A-Za-z0-9_.\[\]-]+\}?$`)
	webSocketKey     = regexp.MustCompile(`^[^$\s]\S{0,127}$`)
	webSocketSource  = regexp.MustCompile(`^(route\.request\.(header|querystring)|context|stageVariables)\.[!-~]+$`)
)

// checkWebSocket reports settings that only HTTP APIs or only WebSocket APIs have.
func (c *checker) checkWebSocket() {
	if !isWebSocket(c.API) {
		if c.API.RouteSelectionExpression != "" {
			c.Reportf("RouteSelectionExpression is only for WebSocket APIs: clear it")
		}
		return
	}
	if c.API.CORSEnabled || c.API.CorsConfiguration != nil {
		c.Reportf("CORSEnabled and CorsConfiguration are not for WebSocket APIs, which browsers call from all " +
			"origins: clear them, and check the header Origin in the function of $connect")
	}
	if !selectionPattern.MatchString(c.API.RouteSelectionExpression) {
		c.Reportf("RouteSelectionExpression %q is invalid: use for example $request.body.action",
			c.API.RouteSelectionExpression)
	}
}

func (c *checker) checkWebSocketKey(where, key string) {
	if key != connect && key != disconnect && key != apiroutes.DefaultRoute && !webSocketKey.MatchString(key) {
		c.Reportf("%sRouteKey is invalid: use $connect, $disconnect, $default or a value of %s without spaces", where,
			c.API.RouteSelectionExpression)
	}
}

func (c *checker) checkWebSocketRoute(where string, route *sparta.Route) {
	c.Between(where, "TimeoutInMillis", route.TimeoutInMillis, 50, maxWebSocketTimeout)
	if route.PayloadFormatVersion != "" {
		c.Reportf("%sPayloadFormatVersion is only for HTTP APIs: clear it", where)
	}
	if route.Authorizer != nil && route.RouteKey != connect {
		c.Reportf("%sAuthorizer is only for $connect, which decides on the whole connection: set it there", where)
	}
	c.OneOf(where, "RouteResponseSelectionExpression", route.RouteResponseSelectionExpression, "$default")
	if route.RouteKey == disconnect && route.RouteResponseSelectionExpression != "" {
		c.Reportf("%sRouteResponseSelectionExpression has no effect after a client has disconnected: clear it", where)
	}
}

func (c *checker) checkWebSocketAuthorizer(where string, authorizer *sparta.Authorizer) {
	c.Refuse(where, "is only for HTTP APIs", map[string]bool{
		"ResultTTLInSeconds":             authorizer.ResultTTLInSeconds != nil,
		"AuthorizerPayloadFormatVersion": authorizer.AuthorizerPayloadFormatVersion != "",
		"EnableSimpleResponses":          authorizer.EnableSimpleResponses,
	})
	for _, source := range sources(c.API, authorizer) {
		if !webSocketSource.MatchString(source) {
			c.Reportf("%sIdentitySource has %q: use route.request.header.NAME, route.request.querystring.NAME, "+
				"context.NAME or stageVariables.NAME", where, source)
		}
	}
}
