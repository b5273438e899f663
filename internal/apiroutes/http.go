package apiroutes

import (
	"cmp"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/sparta"
)

// DefaultRoute is the key of the route for requests that no other route of an HTTP API fits.
const DefaultRoute = "$default"

// HTTPRoute is a route of an HTTP API with the parts of its key, which DefaultRoute does not have.
type HTTPRoute struct {
	Verb, Path string
	*sparta.Route
}

// HTTPRoutes lists an HTTP API's routes by path and verb. Invalid keys have neither.
func HTTPRoutes(api *sparta.API) []HTTPRoute {
	var routes []HTTPRoute
	for _, route := range api.Routes {
		if route != nil { // a check reports it
			verb, path, _ := ParseKey(route.RouteKey)
			routes = append(routes, HTTPRoute{verb, path, route})
		}
	}
	slices.SortStableFunc(routes, func(a, b HTTPRoute) int {
		return cmp.Or(strings.Compare(a.Path, b.Path), strings.Compare(a.Verb, b.Verb),
			strings.Compare(a.RouteKey, b.RouteKey))
	})
	return routes
}

// Verbs returns the methods that routes may have. ANY means all of them.
func Verbs() []string {
	return []string{"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "ANY"}
}

// ParseKey splits a route's key. It reports whether the key has a verb and a path.
func ParseKey(key string) (verb, path string, ok bool) {
	verb, path, _ = strings.Cut(key, " ")
	if !slices.Contains(Verbs(), verb) || !strings.HasPrefix(path, "/") {
		return "", "", false
	}
	return verb, path, true
}

// MatchHTTP finds the route of a request to an HTTP API, whose path has been split and unescaped, and the parameters in
// its path. A path with a slash at its end and the one without it are different. DefaultRoute fits if no other route
// does.
func MatchHTTP(routes []HTTPRoute, verb string, segments []string) (
	route HTTPRoute, parameters map[string]string, ok bool,
) {
	best := "~" // which all ranks precede
	for _, candidate := range routes {
		if candidate.RouteKey == DefaultRoute && !ok {
			route, ok = candidate, true
		}
		if candidate.Verb != verb && candidate.Verb != "ANY" {
			continue
		}
		found, rank, fits := match(Segments(candidate.Path), segments)
		if candidate.Verb == "ANY" {
			rank += "1" // a route of that verb takes precedence
		}
		if fits && !hasEmpty(found) && rank < best {
			route, parameters, best, ok = candidate, found, rank, true
		}
	}
	return route, parameters, ok
}

// hasEmpty reports whether a parameter is empty.
func hasEmpty(parameters map[string]string) bool {
	for _, value := range parameters {
		if value == "" {
			return true
		}
	}
	return false
}

// Cors returns which websites may call an HTTP API; nil if only its own.
func Cors(api *sparta.API) *sparta.APICors {
	if api.CorsConfiguration != nil || !api.CORSEnabled {
		return api.CorsConfiguration
	}
	return &sparta.APICors{
		AllowOrigins: []string{"*"},
		AllowMethods: []string{"*"},
		AllowHeaders: []string{"authorization", "content-type", "x-amz-date", "x-api-key"},
	}
}
