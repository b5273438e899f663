package template

import (
	"slices"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

// feature is something that a function can have: a file each, with all that it
// means for a template and for people. Whatever ranges over features reaches all of them.
type feature interface {
	// check returns an error if package, stack or region rule out what the
	// options ask for. What is wrong with an option in itself is sparta.Validate's.
	check(f function) error
	// configure sets the properties of the function's own resource.
	configure(f function, resource *cloudformation.Resource)
	// addTo adds the resources beside the function's own.
	addTo(template *cloudformation.Template, f function) error
	// statements are what the function's role has to allow.
	statements(f function) []map[string]any
	// permissions are the actions that whoever deploys a function with the feature has to be allowed.
	permissions() []string
	// outputs are what the stack shows.
	outputs(f function) []output
	// neighbours are what a page's picture shows beside the function.
	neighbours(f function) []Neighbour
	// facts are what a page shows.
	facts(f function) []Fact
}

// Fact is a setting of a function in words.
type Fact struct{ Name, Value string }

// Neighbour is what a page's picture shows beside a function: what invokes it, or
// what its role is for.
type Neighbour struct {
	Invokes         bool
	Name            string // tells it from others: functions that share a neighbour share its name
	Title, Subtitle string
	Open            bool // it invokes the function for anybody
}

// features are in the order in which a role has their statements and a page
// their facts.
func features() []feature {
	return []feature{
		runtime{},
		description{},
		capacity{},
		logGroup{},
		logging{},
		version{},
		snapStart{},
		durable{},
		url{},
		edge{},
		tracing{},
		vpc{},
		fileSystems{},
		deadLetters{},
		recursion{},
		environment{},
		layers{},
		tags{},
		role{},
	}
}

// absent is what features embed for the methods that they do without.
type absent struct{}

func (absent) check(function) error                           { return nil }
func (absent) configure(function, *cloudformation.Resource)   {}
func (absent) addTo(*cloudformation.Template, function) error { return nil }
func (absent) statements(function) []map[string]any           { return nil }
func (absent) permissions() []string                          { return nil }
func (absent) outputs(function) []output                      { return nil }
func (absent) neighbours(function) []Neighbour                { return nil }
func (absent) facts(function) []Fact                          { return nil }

// RoleStatements are those of the role of a function that has its own.
func RoleStatements(info *sparta.LambdaAWSInfo) []map[string]any {
	return describedFunction(info).statements()
}

// Facts are a function's settings in words. A value of an environment variable is
// in none of them.
func Facts(info *sparta.LambdaAWSInfo) []Fact {
	f := describedFunction(info)
	var facts []Fact
	for _, feature := range features() {
		facts = append(facts, feature.facts(f)...)
	}
	return facts
}

// Neighbours are what a page's picture shows beside a function.
func Neighbours(info *sparta.LambdaAWSInfo) []Neighbour {
	f := describedFunction(info)
	var neighbours []Neighbour
	for _, feature := range features() {
		neighbours = append(neighbours, feature.neighbours(f)...)
	}
	return neighbours
}

// Permissions are the actions that features take of whoever deploys them.
func Permissions() []string {
	var actions []string
	for _, feature := range features() {
		actions = append(actions, feature.permissions()...)
	}
	return actions
}

// given leaves out the facts that say nothing.
func given(facts ...Fact) []Fact {
	return slices.DeleteFunc(facts, func(fact Fact) bool { return fact.Value == "" })
}
