// Package apiroutes says what a REST API's description means for requests, whoever answers them: API Gateway or this
// machine.
package apiroutes

import (
	"cmp"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/sparta"
)

// Route is a method of a path.
type Route struct {
	Verb, Path string
	Function   string // empty means the service's only one
	Method     *sparta.Method
}

// Routes lists an API's routes by path and verb.
func Routes(api *sparta.API) []Route {
	var routes []Route
	for _, resource := range api.Resources {
		if resource == nil {
			continue // a check reports it
		}
		for verb, method := range resource.Methods {
			if method != nil {
				routes = append(routes, Route{verb, Normalized(resource.Path), resource.FunctionName(), method})
			}
		}
	}
	slices.SortStableFunc(routes, func(a, b Route) int {
		return cmp.Or(strings.Compare(a.Path, b.Path), strings.Compare(a.Verb, b.Verb))
	})
	return routes
}

// Normalized returns a path with a leading slash, which Sparta's applications may leave out.
func Normalized(path string) string { return "/" + strings.TrimPrefix(path, "/") }

// Filled returns a path whose parameters have their own names as values.
func Filled(path string) string {
	return strings.NewReplacer("{", "", "+}", "", "}", "").Replace(Normalized(path))
}

// Segments returns the parts of a path. The root has none.
func Segments(path string) []string {
	if path = Normalized(path); path == "/" {
		return nil
	}
	return strings.Split(path[1:], "/")
}
