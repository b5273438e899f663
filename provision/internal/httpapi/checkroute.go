package httpapi

import (
	"strings"

	"github.com/go-sparta/sparta/internal/apiroutes"
	"github.com/go-sparta/sparta/provision/internal/apipart"
	"github.com/go-sparta/sparta/sparta"
)

func (c *checker) checkRoutes() {
	if len(c.API.Routes) == 0 {
		c.Reportf("it has no routes: add them with NewRoute")
	}
	c.AtMost("", "routes", len(c.API.Routes), maxRoutes)
	keys := map[string]string{} // by the key without the names of parameters
	for i, route := range c.API.Routes {
		if route == nil {
			c.Reportf("route %d is nil: remove it or describe it", i+1)
			continue
		}
		where := "route " + route.RouteKey + ": "
		c.checkKey(where, route.RouteKey)
		key := route.RouteKey
		if !isWebSocket(c.API) {
			key = withoutNames(key)
		}
		switch other, taken := keys[key]; {
		case taken && other == route.RouteKey:
			c.Reportf("%sthe API has this route twice: remove one", where)
		case taken:
			c.Reportf("%sit fits the same requests as route %s: remove one", where, other)
		}
		keys[key] = route.RouteKey
		c.CheckFunction(where, route.FunctionName())
		c.checkRoute(where, route)
	}
}

func (c *checker) checkKey(where, key string) {
	if isWebSocket(c.API) {
		c.checkWebSocketKey(where, key)
		return
	}
	if key == apiroutes.DefaultRoute {
		return
	}
	_, path, ok := apiroutes.ParseKey(key)
	if !ok {
		c.Reportf("%sRouteKey is invalid: use one of %s and a path, for example GET /orders/{id}, or %s", where,
			strings.Join(apiroutes.Verbs(), ", "), apiroutes.DefaultRoute)
		return
	}
	if path != "/" {
		path = strings.TrimSuffix(path, "/") // which is another path in an HTTP API
	}
	if err := apipart.CheckPath(path); err != nil {
		c.Reportf("%sRouteKey is invalid: %w", where, err)
	}
}

func (c *checker) checkRoute(where string, route *sparta.Route) {
	if isWebSocket(c.API) {
		c.checkWebSocketRoute(where, route)
	} else {
		c.OneOf(where, "PayloadFormatVersion", route.PayloadFormatVersion, version2, version1)
		c.Between(where, "TimeoutInMillis", route.TimeoutInMillis, 50, 30000)
		if route.RouteResponseSelectionExpression != "" {
			c.Reportf("%sRouteResponseSelectionExpression is only for WebSocket APIs: clear it", where)
		}
	}
	c.CheckThrottling(where, route.ThrottlingRateLimit, route.ThrottlingBurstLimit)
	c.CheckCredentials(where, route.Credentials)
	c.CheckAccess(where, route.Authorizer, route.AuthorizationScopes, jwt, "JWT authorizers")
	c.AtMost(where, "AuthorizationScopes", len(route.AuthorizationScopes), maxScopes)
}
