//go:build !lambdabinary

package cgo

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/go-sparta/sparta/sparta"
)

// writeRoutes writes the methods of the service's API.
func writeRoutes(table io.Writer, description *sparta.ServiceDescription) {
	api := description.API
	if api == nil {
		return
	}
	fmt.Fprintf(table, "\nAPI %s\n\nMETHOD\tPATH\tFUNCTION\n", api.Name)
	for _, resource := range api.Resources {
		for _, verb := range slices.Sorted(maps.Keys(resource.Methods)) {
			function := cmp.Or(resource.FunctionName(), description.Functions[0].Name)
			fmt.Fprintf(table, "%s\t%s\t%s\n", verb, resource.Path, function)
		}
	}
}
