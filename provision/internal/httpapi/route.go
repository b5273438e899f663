package httpapi

import (
	"cmp"
	"fmt"

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

// integrationID identifies a function and how it is invoked. Routes may share an integration.
func (b *builder) integrationID(function apipart.Function, route *sparta.Route) string {
	id := b.id + "Integration" + function.ID
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
			"ApiId":               cloudformation.Ref(b.id),
			"RouteKey":            route.RouteKey,
			"Target":              cloudformation.Sub("integrations/${" + integration + "}"),
			"AuthorizationScopes": route.AuthorizationScopes,
			"OperationName":       route.OperationName,

			"RouteResponseSelectionExpression": route.RouteResponseSelectionExpression,
		}
		properties["AuthorizationType"], properties["AuthorizerId"] = b.authorization(route.Route)
		b.add(b.routeID(route), "Route", properties)
		b.addRouteResponse(route)
	}
}

// addIntegration adds a route's integration, unless another route has added it, and returns its ID.
func (b *builder) addIntegration(route *sparta.Route) string {
	function := b.function(route.FunctionName())
	id := b.integrationID(function, route)
	if b.template.Resources[id] == nil {
		b.add(id, "Integration", map[string]any{
			"ApiId":                cloudformation.Ref(b.id),
			"IntegrationType":      "AWS_PROXY",
			"IntegrationMethod":    "POST",
			"IntegrationUri":       function.Invocation(),
			"PayloadFormatVersion": b.version(route.PayloadFormatVersion),
			"TimeoutInMillis":      route.TimeoutInMillis,
			"CredentialsArn":       route.Credentials,
		}, b.permissionID(function))
	}
	return id
}

// addRouteResponse lets a route of a WebSocket API send the function's response to the client.
func (b *builder) addRouteResponse(route apiroutes.HTTPRoute) {
	if route.RouteResponseSelectionExpression == "" {
		return
	}
	b.add(b.routeID(route)+"Response", "RouteResponse", map[string]any{
		"ApiId":            cloudformation.Ref(b.id),
		"RouteId":          cloudformation.Ref(b.routeID(route)),
		"RouteResponseKey": route.RouteResponseSelectionExpression,
	})
}
