package explore

import (
	"bufio"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/go-sparta/sparta/internal/apiroutes"
	"github.com/go-sparta/sparta/internal/explore/console"
	"github.com/go-sparta/sparta/internal/explore/sandbox"
	"github.com/go-sparta/sparta/internal/localservice"
	"github.com/go-sparta/sparta/sparta"
)

// states describes the functions to the console.
func (e *engine) states() []console.Function {
	e.mu.RLock()
	defer e.mu.RUnlock()
	var found []console.Function
	routes := routesOf(e.service.API, e.service.Functions[:min(1, len(e.service.Functions))])
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
		}
		if !strings.HasPrefix(description.Handler, "index.") {
			function.Language = "Python"
		}
		if description.FunctionURL != nil {
			function.Routes = append(function.Routes, "function URL")
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
	function.Busy = state.Running
	function.Idle = len(state.Environments) - state.Running
	switch {
	case function.Busy > 0:
		function.State = "busy"
	case function.Idle > 0:
		function.State = "warm"
	}
}

// routesOf lists the routes of an API by the names of their functions. Those without a function invoke the only one.
func routesOf(api *sparta.API, only []localservice.Function) map[string][]string {
	routes := map[string][]string{}
	if api == nil || len(only) == 0 {
		return routes
	}
	add := func(function, route string) {
		if function == "" {
			function = only[0].Description.Name
		}
		routes[function] = append(routes[function], route)
	}
	for _, route := range apiroutes.HTTPRoutes(api) {
		add(route.FunctionName(), route.RouteKey)
	}
	for _, route := range apiroutes.Routes(api) {
		add(route.Function, route.Verb+" "+route.Path)
	}
	return routes
}

// sources lists the folders of source files that stack traces name.
func (e *engine) sources() []console.SourceRoot {
	e.mu.RLock()
	defer e.mu.RUnlock()
	var found []console.SourceRoot
	for _, root := range e.roots {
		found = append(found, console.SourceRoot{Dir: root, Prefix: modulePath(root)})
	}
	return append(found, console.SourceRoot{Dir: e.current()})
}

// modulePath returns the path of the module in a folder, which programs have as the beginning of their files' names.
func modulePath(root string) string {
	file, err := os.Open(filepath.Join(root, "go.mod"))
	if err != nil {
		return ""
	}
	defer file.Close()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		if path, found := strings.CutPrefix(strings.TrimSpace(lines.Text()), "module "); found {
			return strings.Trim(strings.TrimSpace(path), `"`)
		}
	}
	return ""
}
