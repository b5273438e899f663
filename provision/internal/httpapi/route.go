package httpapi

import (
	"cmp"
	"fmt"
	"regexp"
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/internal/apiroutes"
	"github.com/go-sparta/sparta/internal/logicalid"
	"github.com/go-sparta/sparta/provision/internal/apipart"
	"github.com/go-sparta/sparta/provision/internal/show"
	"github.com/go-sparta/sparta/sparta"
)

// The versions of events.
const (
	version1 = "1.0"
	version2 = "2.0"
)

var parameterName = regexp.MustCompile(`\{[^}+]*`)

// withoutNames returns a key or path without the names of its parameters, which do not decide on the requests that fit.
func withoutNames(key string) string { return parameterName.ReplaceAllString(key, "{") }

// routeID stays when a parameter gets another name: API Gateway would refuse a second route for the same requests.
func routeID(route apiroutes.HTTPRoute) string {
	if route.RouteKey == apiroutes.DefaultRoute {
		return gateway + "RouteDefault"
	}
	path := withoutNames(route.Path)
	if path != "/" && strings.HasSuffix(path, "/") {
		path += " " // so that its ID differs from that of the path without the slash
	}
	return gateway + "Route" + route.Verb + apipart.Identity(path)
}

// integrationID identifies a function and how it is invoked. Routes may share an integration.
func integrationID(function apipart.Function, route *sparta.Route) string {
	id := gateway + "Integration" + function.ID
	version, credentials := cmp.Or(route.PayloadFormatVersion, version2), ""
	if route.Credentials != nil {
		credentials = show.Expression(route.Credentials)
	}
	if version == version2 && route.TimeoutInMillis == 0 && credentials == "" {
		return id
	}
	return id + logicalid.Sum(fmt.Appendf(nil, "%s|%d|%s", version, route.TimeoutInMillis, credentials))
}

// addRoutes adds the routes with their integrations.
func (b *builder) addRoutes() {
	for _, route := range b.routes {
		integration := b.addIntegration(route.Route)
		properties := map[string]any{
			"ApiId":               cloudformation.Ref(gateway),
			"RouteKey":            route.RouteKey,
			"Target":              cloudformation.Sub("integrations/${" + integration + "}"),
			"AuthorizationScopes": route.AuthorizationScopes,
			"OperationName":       route.OperationName,
		}
		properties["AuthorizationType"], properties["AuthorizerId"] = b.authorization(route.Route)
		b.add(routeID(route), "Route", properties)
	}
}

// addIntegration adds a route's integration, unless another route has added it, and returns its ID.
func (b *builder) addIntegration(route *sparta.Route) string {
	function := b.function(route.FunctionName())
	id := integrationID(function, route)
	if b.template.Resources[id] == nil {
		b.add(id, "Integration", map[string]any{
			"ApiId":                cloudformation.Ref(gateway),
			"IntegrationType":      "AWS_PROXY",
			"IntegrationMethod":    "POST",
			"IntegrationUri":       function.Invocation(),
			"PayloadFormatVersion": cmp.Or(route.PayloadFormatVersion, version2),
			"TimeoutInMillis":      route.TimeoutInMillis,
			"CredentialsArn":       route.Credentials,
		}, permissionID(function))
	}
	return id
}
