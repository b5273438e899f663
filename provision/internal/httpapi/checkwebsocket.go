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
	if !isWebSocket(c.api) {
		if c.api.RouteSelectionExpression != "" {
			c.reportf("RouteSelectionExpression is only for WebSocket APIs: clear it")
		}
		return
	}
	if c.api.CORSEnabled || c.api.CorsConfiguration != nil {
		c.reportf("CORSEnabled and CorsConfiguration are not for WebSocket APIs, which browsers call from all " +
			"origins: clear them, and check the header Origin in the function of $connect")
	}
	if !selectionPattern.MatchString(c.api.RouteSelectionExpression) {
		c.reportf("RouteSelectionExpression %q is invalid: use for example $request.body.action",
			c.api.RouteSelectionExpression)
	}
}

func (c *checker) checkWebSocketKey(where, key string) {
	if key != connect && key != disconnect && key != apiroutes.DefaultRoute && !webSocketKey.MatchString(key) {
		c.reportf("%sRouteKey is invalid: use $connect, $disconnect, $default or a value of %s without spaces", where,
			c.api.RouteSelectionExpression)
	}
}

func (c *checker) checkWebSocketRoute(where string, route *sparta.Route) {
	c.between(where, "TimeoutInMillis", route.TimeoutInMillis, 50, maxWebSocketTimeout)
	if route.PayloadFormatVersion != "" {
		c.reportf("%sPayloadFormatVersion is only for HTTP APIs: clear it", where)
	}
	if route.Authorizer != nil && route.RouteKey != connect {
		c.reportf("%sAuthorizer is only for $connect, which decides on the whole connection: set it there", where)
	}
	c.oneOf(where, "RouteResponseSelectionExpression", route.RouteResponseSelectionExpression, "$default")
	if route.RouteKey == disconnect && route.RouteResponseSelectionExpression != "" {
		c.reportf("%sRouteResponseSelectionExpression has no effect after a client has disconnected: clear it", where)
	}
}

func (c *checker) checkWebSocketAuthorizer(where string, authorizer *sparta.Authorizer) {
	c.refuse(where, "is only for HTTP APIs", []setting{
		{"ResultTTLInSeconds", authorizer.ResultTTLInSeconds != nil},
		{"AuthorizerPayloadFormatVersion", authorizer.AuthorizerPayloadFormatVersion != ""},
		{"EnableSimpleResponses", authorizer.EnableSimpleResponses},
	})
	for _, source := range sources(c.api, authorizer) {
		if !webSocketSource.MatchString(source) {
			c.reportf("%sIdentitySource has %q: use route.request.header.NAME, route.request.querystring.NAME, "+
				"context.NAME or stageVariables.NAME", where, source)
		}
	}
}
