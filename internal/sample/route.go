package sample

import (
	"net/http"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/internal/apiroutes"
	"github.com/go-sparta/sparta/sparta"
)

// request is what samples of API Gateway ask for.
type request struct {
	verb, path string
	key        string // of the route: GET /orders/{id}
	resource   string // the path with its parameters' names in braces
	parameters object // of the path; nil if it has none
	body       string // empty unless the verb usually has one
}

// requestTo returns a request to the function's first route, whose parameters have their own names as values, or else
// one for orders.
func requestTo(api *sparta.API, function string) request {
	if api != nil {
		for _, route := range apiroutes.HTTPRoutes(api) {
			if name := route.FunctionName(); route.Path != "" && (name == function || name == "") {
				return newRequest(route.Verb, route.Path)
			}
		}
		for _, route := range apiroutes.Routes(api) {
			if route.Function == function || route.Function == "" {
				return newRequest(route.Verb, route.Path)
			}
		}
	}
	return newRequest(http.MethodGet, "/orders")
}

func newRequest(verb, resource string) request {
	r := request{verb: verb, key: verb + " " + resource, resource: resource, path: apiroutes.Filled(resource)}
	if verb == "ANY" {
		r.verb = http.MethodGet
	}
	for _, segment := range apiroutes.Segments(resource) {
		if name, isParameter := strings.CutPrefix(segment, "{"); isParameter {
			if r.parameters == nil {
				r.parameters = object{}
			}
			name = strings.TrimSuffix(strings.TrimSuffix(name, "}"), "+")
			r.parameters[name] = name
		}
	}
	if slices.Contains([]string{http.MethodPost, http.MethodPut, http.MethodPatch}, r.verb) {
		r.body = "{}"
	}
	return r
}
