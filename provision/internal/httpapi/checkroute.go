package httpapi

import (
	"strings"

	"github.com/go-sparta/sparta/internal/apiroutes"
	"github.com/go-sparta/sparta/internal/expression"
	"github.com/go-sparta/sparta/provision/internal/apipart"
	"github.com/go-sparta/sparta/sparta"
)

func (c *checker) checkRoutes() {
	if len(c.api.Routes) == 0 {
		c.reportf("it has no routes: add them with NewRoute")
	}
	c.atMost("", "routes", len(c.api.Routes), maxRoutes)
	keys := map[string]string{} // by the key without the names of parameters
	for i, route := range c.api.Routes {
		if route == nil {
			c.reportf("route %d is nil: remove it or describe it", i+1)
			continue
		}
		where := "route " + route.RouteKey + ": "
		c.checkKey(where, route.RouteKey)
		key := route.RouteKey
		if !isWebSocket(c.api) {
			key = withoutNames(key)
		}
		switch other, taken := keys[key]; {
		case taken && other == route.RouteKey:
			c.reportf("%sthe API has this route twice: remove one", where)
		case taken:
			c.reportf("%sit fits the same requests as route %s: remove one", where, other)
		}
		keys[key] = route.RouteKey
		c.function(where, route.FunctionName())
		c.checkRoute(where, route)
	}
}

func (c *checker) checkKey(where, key string) {
	if isWebSocket(c.api) {
		c.checkWebSocketKey(where, key)
		return
	}
	if key == apiroutes.DefaultRoute {
		return
	}
	_, path, ok := apiroutes.ParseKey(key)
	if !ok {
		c.reportf("%sRouteKey is invalid: use one of %s and a path, for example GET /orders/{id}, or %s", where,
			strings.Join(apiroutes.Verbs(), ", "), apiroutes.DefaultRoute)
		return
	}
	if path != "/" {
		path = strings.TrimSuffix(path, "/") // which is another path in an HTTP API
	}
	if err := apipart.CheckPath(path); err != nil {
		c.reportf("%sRouteKey is invalid: %w", where, err)
	}
}

func (c *checker) checkRoute(where string, route *sparta.Route) {
	if isWebSocket(c.api) {
		c.checkWebSocketRoute(where, route)
	} else {
		c.oneOf(where, "PayloadFormatVersion", route.PayloadFormatVersion, version2, version1)
		c.between(where, "TimeoutInMillis", route.TimeoutInMillis, 50, 30000)
		if route.RouteResponseSelectionExpression != "" {
			c.reportf("%sRouteResponseSelectionExpression is only for WebSocket APIs: clear it", where)
		}
	}
	c.throttling(where, route.ThrottlingRateLimit, route.ThrottlingBurstLimit)
	if route.Credentials != nil && !expression.Is(route.Credentials) {
		c.reportf("%sCredentials of type %T is invalid: use a role's ARN or a CloudFormation intrinsic", where,
			route.Credentials)
	}
	c.checkAccess(where, route)
}

// checkAccess checks that a route's authorizer exists.
func (c *checker) checkAccess(where string, route *sparta.Route) {
	authorizer := authorizerOf(c.api, route)
	if len(route.AuthorizationScopes) > 0 && (authorizer == nil || authorizer.Type != jwt) &&
		!expression.IsIntrinsic(route.Authorizer) {
		c.reportf("%sAuthorizationScopes are for JWT authorizers: set Authorizer to one, or clear them", where)
	}
	c.atMost(where, "AuthorizationScopes", len(route.AuthorizationScopes), maxScopes)
	if authorizer != nil || route.Authorizer == nil || route.Authorizer == signed || route.Authorizer == open {
		return
	}
	if name, isText := expression.Text(route.Authorizer); isText {
		var names []string
		for _, one := range c.api.Authorizers {
			if one != nil {
				names = append(names, one.Name)
			}
		}
		c.reportf("%sthe API has no authorizer %q: set Authorizer to one of its Authorizers (%s), or to AWS_IAM", where,
			name, strings.Join(names, ", "))
	} else if !expression.IsIntrinsic(route.Authorizer) {
		c.reportf("%sAuthorizer of type %T is invalid: use a name, or a CloudFormation intrinsic", where,
			route.Authorizer)
	}
}
