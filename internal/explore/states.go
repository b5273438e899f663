package explore

import (
	"cmp"
	"strings"
	"time"

	"github.com/go-sparta/sparta/internal/apiroutes"
	"github.com/go-sparta/sparta/internal/explore/console"
	"github.com/go-sparta/sparta/internal/explore/sandbox"
	"github.com/go-sparta/sparta/internal/localservice"
	"github.com/go-sparta/sparta/internal/sample"
)

// states describes the functions to the console.
func (e *engine) states() []console.Function {
	e.mu.RLock()
	defer e.mu.RUnlock()
	var found []console.Function
	routes := routesOf(e.service)
	for _, one := range e.service.Functions {
		description := one.Description
		function := console.Function{
			Name:        description.Name,
			Description: description.Description,
			Language:    "Go",
			State:       "cold",
			MemorySize:  int(description.MemorySize),
			Timeout:     (time.Duration(description.Timeout) * time.Second).Seconds(),
			Routes:      routes[description.Name],
			Samples:     sample.Own(description),
		}
		if !strings.HasPrefix(description.Handler, "index.") {
			function.Language = "Python"
		}
		if description.FunctionURL != nil {
			function.Routes = append(function.Routes, functionURL)
		}
		if running := e.functions[description.Name]; running != nil {
			setState(&function, running.State())
		}
		if e.building && function.State != "busy" {
			function.State = "building"
		}
		if e.broken != "" {
			function.State, function.Problem = "failed", e.broken
		}
		found = append(found, function)
	}
	return found
}

func setState(function *console.Function, state sandbox.State) {
	function.Busy, function.Idle = state.Running, state.Idle
	switch {
	case function.Busy > 0:
		function.State = "busy"
	case function.Idle > 0:
		function.State = "warm"
	}
}

// routesOf lists the routes of a service's API by the names of their functions. Those without a function invoke the
// only one.
func routesOf(service localservice.Service) map[string][]string {
	routes := map[string][]string{}
	if service.API == nil || len(service.Functions) == 0 {
		return routes
	}
	add := func(function, route string) {
		function = cmp.Or(function, service.Functions[0].Description.Name)
		routes[function] = append(routes[function], route)
	}
	for _, route := range apiroutes.HTTPRoutes(service.API) {
		add(route.FunctionName(), route.RouteKey)
	}
	for _, route := range apiroutes.Routes(service.API) {
		add(route.Function, route.Verb+" "+route.Path)
	}
	return routes
}
