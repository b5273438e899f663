package template

import (
	"slices"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/apis"
	"github.com/go-sparta/sparta/provision/internal/destination"
	"github.com/go-sparta/sparta/provision/internal/eventsource"
	"github.com/go-sparta/sparta/provision/internal/show"
	"github.com/go-sparta/sparta/provision/internal/site"
	"github.com/go-sparta/sparta/sparta"
)

// features are in the order of their statements in a role and of their facts on a page.
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
		asynchronous{},
		recursion{},
		environment{},
		layers{},
		tags{},
		role{},
		dependencies{},
	}
}

// addTo adds the function and its other resources to a template. Code is its Code property.
func (f function) addTo(template *cloudformation.Template, code map[string]any) error {
	resource := f.resource()
	resource.Properties["Code"] = code
	if err := template.Add(string(f.ref()), resource); err != nil {
		return err
	}
	for _, feature := range features() {
		if err := feature.addTo(template, f); err != nil {
			return err
		}
	}
	return nil
}

// resource is the function's own resource, without its code.
func (f function) resource() *cloudformation.Resource {
	resource := &cloudformation.Resource{Type: "AWS::Lambda::Function", Properties: map[string]any{}}
	for _, feature := range features() {
		feature.configure(f, resource)
	}
	return resource
}

// statements are what the function's role allows: what its settings require, then what the application requests.
func (f function) statements() []map[string]any {
	var statements []map[string]any
	for _, feature := range features() {
		statements = append(statements, feature.statements(f)...)
	}
	return statements
}

func (f function) outputs() []output {
	var outputs []output
	for _, feature := range features() {
		outputs = append(outputs, feature.outputs(f)...)
	}
	return outputs
}

// RoleStatements are the statements of a function's own role.
func RoleStatements(info *sparta.LambdaAWSInfo) []map[string]any {
	f := newFunction(info)
	outcomes, _ := destination.OutcomeStatements(nil, f.options.EventInvokeConfig) // Connect returns the error
	return slices.Concat(eventsource.Statements(info), outcomes, f.statements())
}

// Facts are a function's settings in words, without the values of environment variables.
func Facts(info *sparta.LambdaAWSInfo) []show.Fact {
	f := newFunction(info)
	var facts []show.Fact
	for _, feature := range features() {
		facts = append(facts, feature.facts(f)...)
	}
	return append(facts, eventsource.Facts(info)...)
}

// Neighbours are what a page's picture shows beside a function.
func Neighbours(info *sparta.LambdaAWSInfo) []show.Neighbour {
	f := newFunction(info)
	var neighbours []show.Neighbour
	for _, feature := range features() {
		neighbours = append(neighbours, feature.neighbours(f)...)
	}
	return append(neighbours, eventsource.Neighbours(info)...)
}

// Permissions are the actions that deploying functions requires.
func Permissions() []string {
	var actions []string
	for _, feature := range features() {
		actions = append(actions, feature.permissions()...)
	}
	return slices.Concat(actions, eventsource.Permissions(), apis.Permissions(), site.Permissions())
}
