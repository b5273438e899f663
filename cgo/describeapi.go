//go:build !lambdabinary

package cgo

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/go-sparta/sparta/internal/apiroutes"
	"github.com/go-sparta/sparta/sparta"
)

// writeRoutes writes the methods or routes of the service's API.
func writeRoutes(table io.Writer, description *sparta.ServiceDescription) {
	api := description.API
	if api == nil {
		return
	}
	only := description.Functions[0].Name
	if routes := apiroutes.HTTPRoutes(api); len(routes) > 0 {
		fmt.Fprintf(table, "\nAPI %s\n\nROUTE\tFUNCTION\n", api.Name)
		for _, route := range routes {
			fmt.Fprintf(table, "%s\t%s\n", route.RouteKey, cmp.Or(route.FunctionName(), only))
		}
		return
	}
	fmt.Fprintf(table, "\nAPI %s\n\nMETHOD\tPATH\tFUNCTION\n", api.Name)
	for _, resource := range api.Resources {
		for _, verb := range slices.Sorted(maps.Keys(resource.Methods)) {
			function := cmp.Or(resource.FunctionName(), only)
			fmt.Fprintf(table, "%s\t%s\t%s\n", verb, resource.Path, function)
		}
	}
}
