package apiroutes

import (
	"fmt"
	"testing"

	"github.com/go-sparta/sparta/sparta"
)

// matches are requests, with the route and the parameters that both kinds of APIs have for them.
var matches = map[string]string{
	"GET /":             "GET / map[]",
	"GET /orders":       "GET /orders map[]",
	"POST /orders":      "ANY /orders map[]",
	"GET /orders/new":   "GET /orders/new map[]",
	"GET /orders/5":     "GET /orders/{id} map[id:5]",
	"PUT /orders/5":     "ANY /orders/{id} map[id:5]",
	"PUT /orders/new":   "ANY /orders/{id} map[id:new]",
	"GET /orders/5/6":   "GET /{all+} map[all:orders/5/6]",
	"GET /orders/5/log": "GET /orders/{id}/log map[id:5]",
	"GET /files/a/b":    "GET /files/{path+} map[path:a/b]",
	"GET /elsewhere":    "GET /{all+} map[all:elsewhere]",
	"PUT /elsewhere":    "none",
}

var keys = []string{
	"GET /{all+}", "GET /", "GET /orders", "ANY /orders", "ANY /orders/{id}", "GET /orders/{id}", "GET /orders/new",
	"GET /orders/{id}/log", "GET /files/{path+}",
}

func TestTheMostSpecificRouteMatches(t *testing.T) {
	var rest []Route
	var http []HTTPRoute
	for _, key := range keys {
		verb, path, ok := ParseKey(key)
		if !ok {
			t.Fatalf("%s is not a key", key)
		}
		rest = append(rest, Route{Verb: verb, Path: path})
		http = append(http, HTTPRoute{verb, path, &sparta.Route{RouteKey: key}})
	}
	for request, want := range matches {
		verb, path, _ := ParseKey(request)
		for kind, find := range map[string]func() (string, string, map[string]string, bool){
			"REST": func() (string, string, map[string]string, bool) {
				route, parameters, ok := Match(rest, verb, Segments(path))
				return route.Verb, route.Path, parameters, ok
			},
			"HTTP": func() (string, string, map[string]string, bool) {
				route, parameters, ok := MatchHTTP(http, verb, Segments(path))
				return route.Verb, route.Path, parameters, ok
			},
		} {
			got := "none"
			if verb, path, parameters, ok := find(); ok {
				got = fmt.Sprint(verb, " ", path, " ", parameters)
			}
			if got != want {
				t.Errorf("%s API: %s is answered by %s, want %s", kind, request, got, want)
			}
		}
	}
}

// TestTheDefaultRouteIsTheLast: whatever other route fits takes precedence, wherever it is in the list.
func TestTheDefaultRouteIsTheLast(t *testing.T) {
	rest := HTTPRoute{"GET", "/{all+}", &sparta.Route{RouteKey: "GET /{all+}"}}
	rescue := HTTPRoute{Route: &sparta.Route{RouteKey: DefaultRoute}}
	for _, routes := range [][]HTTPRoute{{rest, rescue}, {rescue, rest}} {
		for request, want := range map[string]string{
			"GET /a": "GET /{all+}", "PUT /a": DefaultRoute, "GET /": DefaultRoute,
		} {
			verb, path, _ := ParseKey(request)
			route, _, ok := MatchHTTP(routes, verb, Segments(path))
			if !ok || route.RouteKey != want {
				t.Errorf("%s is answered by %+v, want %s", request, route, want)
			}
		}
	}
}

func TestAnEmptyParameterOfAnHTTPAPIDoesNotMatch(t *testing.T) {
	routes := []HTTPRoute{{"GET", "/a/{id}", &sparta.Route{RouteKey: "GET /a/{id}"}}}
	if route, _, ok := MatchHTTP(routes, "GET", Segments("/a/")); ok {
		t.Errorf("/a/ is answered by %s", route.RouteKey)
	}
}

func TestKeysOfRoutes(t *testing.T) {
	for key, want := range map[string]string{
		"GET /a": "GET /a true", "ANY /": "ANY / true", "$default": "  false", "get /a": "  false", "GET a": "  false",
		"GET": "  false", "TRACE /": "  false", "": "  false", "GET  /a": "  false",
	} {
		verb, path, ok := ParseKey(key)
		if got := fmt.Sprint(verb, " ", path, " ", ok); got != want {
			t.Errorf("%q is %q, want %q", key, got, want)
		}
	}
}
