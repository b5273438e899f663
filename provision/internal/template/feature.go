package template

import (
	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/show"
)

// feature is something that a function can have. Each has a file, with all that it means for a template and for
// people.
type feature interface {
	// check returns an error if package, stack or region rule out what the options request. sparta.Validate checks
	// the options themselves.
	check(f function) error
	// configure sets the properties of the function's own resource.
	configure(f function, resource *cloudformation.Resource)
	// addTo adds the resources beside the function's own.
	addTo(template *cloudformation.Template, f function) error
	// statements are what the function's role has to allow.
	statements(f function) []map[string]any
	// permissions are the actions that deploying a function with the feature requires.
	permissions() []string
	// outputs are what the stack shows.
	outputs(f function) []output
	// neighbours are what a page's picture shows beside the function.
	neighbours(f function) []show.Neighbour
	// facts are what a page shows.
	facts(f function) []show.Fact
}

// absent is embedded by features, for the methods that they do not have.
type absent struct{}

func (absent) check(function) error                           { return nil }
func (absent) configure(function, *cloudformation.Resource)   {}
func (absent) addTo(*cloudformation.Template, function) error { return nil }
func (absent) statements(function) []map[string]any           { return nil }
func (absent) permissions() []string                          { return nil }
func (absent) outputs(function) []output                      { return nil }
func (absent) neighbours(function) []show.Neighbour           { return nil }
func (absent) facts(function) []show.Fact                     { return nil }
