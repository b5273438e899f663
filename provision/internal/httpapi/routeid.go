package httpapi

import (
	"regexp"
	"strings"

	"github.com/go-sparta/sparta/internal/apiroutes"
	"github.com/go-sparta/sparta/provision/internal/apipart"
)

var parameterName = regexp.MustCompile(`\{[^}+]*`)

// withoutNames returns a key or path without the names of its parameters, which do not decide on the requests that fit.
func withoutNames(key string) string { return parameterName.ReplaceAllString(key, "{") }

// routeID stays when a parameter gets another name: API Gateway would refuse a second route for the same requests.
func (b *builder) routeID(route apiroutes.HTTPRoute) string {
	if isWebSocket(b.api) {
		return b.webSocketRouteID(route.RouteKey)
	}
	if route.RouteKey == apiroutes.DefaultRoute {
		return b.id + "RouteDefault"
	}
	path := withoutNames(route.Path)
	if path != "/" && strings.HasSuffix(path, "/") {
		path += " " // so that its ID differs from that of the path without the slash
	}
	return b.id + "Route" + route.Verb + apipart.Identity(path)
}

// webSocketRouteID returns the logical ID of a route of a WebSocket API.
func (b *builder) webSocketRouteID(key string) string {
	switch key {
	case connect:
		return b.id + "RouteConnect"
	case disconnect:
		return b.id + "RouteDisconnect"
	case apiroutes.DefaultRoute:
		return b.id + "RouteDefault"
	}
	return b.id + "RouteKey" + apipart.Identity(key)
}
