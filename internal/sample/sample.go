// Package sample makes sample events of functions' event sources, as AWS documents them, with the names of a service's
// own resources where its description has them.
package sample

import (
	"fmt"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/internal/naming"
	"github.com/go-sparta/sparta/internal/plainjson"
	"github.com/go-sparta/sparta/sparta"
)

// object is a JSON object.
type object = map[string]any

// source is a kind of event source, whose events have the same structure. Each kind has a file.
type source struct {
	name  string
	event func(service service) any
}

func sources() []source {
	return []source{
		activeMQ(),
		alexa(),
		balancer(),
		codeCommit(),
		cognito(),
		config(),
		documentDB(),
		dynamoDB(),
		eventBridge(),
		httpAPI(),
		iot(),
		kafka(),
		kinesis(),
		lex(),
		logs(),
		msk(),
		originRequest(),
		originResponse(),
		rabbitMQ(),
		restAPI(),
		s3(),
		schedule(),
		scheduler(),
		ses(),
		sns(),
		sqs(),
		viewerRequest(),
		viewerResponse(),
	}
}

// Names returns the names of the sources, in order.
func Names() []string {
	var names []string
	for _, source := range sources() {
		names = append(names, source.name)
	}
	return names
}

// Event returns the JSON of an event of the source of that name. It refers to the resources of the named function, if
// the service has it, or else to those of another function.
func Event(name string, description *sparta.ServiceDescription, function string) ([]byte, error) {
	for _, source := range sources() {
		if source.name == name {
			return plainjson.Marshal(source.event(newService(description, function)))
		}
	}
	advice := ""
	if near := naming.Nearest(name, Names()); name != "" && near != "" {
		advice = fmt.Sprintf("did you mean %s? ", near)
	}
	return nil, fmt.Errorf("no sample event %q: %suse one of %s", name, advice, strings.Join(Names(), ", "))
}

// service is the part of a service's description that samples use.
type service struct {
	name         string
	function     string
	mappings     []*sparta.EventSourceMapping
	permissions  []permission
	associations []sparta.EdgeAssociation
	request      request
}

func newService(description *sparta.ServiceDescription, function string) service {
	functions := slices.Clone(description.Functions)
	slices.SortStableFunc(functions, func(a, b sparta.FunctionDescription) int {
		return compare(b.Name == function, a.Name == function)
	})
	s := service{name: description.Name, function: function}
	for i, f := range functions {
		if i == 0 {
			s.function = f.Name
		}
		s.mappings = append(s.mappings, f.EventSourceMappings...)
		s.permissions = append(s.permissions, permissionsOf(f.Permissions)...)
		s.associations = append(s.associations, f.EdgeAssociations...)
	}
	s.request = requestTo(description.API, s.function)
	return s
}

func compare(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}
