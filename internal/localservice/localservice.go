// Package localservice describes a service for runs on this machine.
package localservice

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/go-sparta/sparta/internal/commandline"
	"github.com/go-sparta/sparta/sparta"
)

// Service is a service with the values of its functions' variables. Its JSON may hold secrets, so it goes from process
// to process through pipes only.
type Service struct {
	Name        string         `json:"name"`
	Description string         `json:"description,omitempty"`
	Functions   []Function     `json:"functions"`
	API         *sparta.API    `json:"api,omitempty"`
	Site        *sparta.S3Site `json:"site,omitempty"`
	Picture     string         `json:"picture,omitempty"` // see local.Picture; empty means none

	// Stage is the folder of the package if that is not the one of the build: it has the files of Archive hooks, too.
	Stage string `json:"stage,omitempty"`
}

// Function is a function with its variables.
type Function struct {
	Description sparta.FunctionDescription `json:"description"`
	Variables   map[string]string          `json:"variables,omitempty"`
	// Unknown lists the variables, sorted, whose values only a deployed stack has.
	Unknown []string `json:"unknown,omitempty"`
	// Settings are further variables, as NAME=value.
	Settings []string `json:"settings,omitempty"`
	// Name is the one in AWS, if that is not the description's.
	Name string `json:"name,omitempty"`
}

// Of describes a service. The description is that of the functions.
func Of(description *sparta.ServiceDescription, functions []*sparta.LambdaAWSInfo) Service {
	service := Service{
		Name: description.Name, Description: description.Description, API: description.API, Site: description.Site,
	}
	byName := map[string]*sparta.LambdaAWSInfo{}
	for _, info := range functions {
		byName[info.Name()] = info
	}
	for _, one := range description.Functions {
		function := Function{Description: one, Variables: map[string]string{}}
		if info := byName[one.Name]; info != nil && info.Options != nil {
			for _, name := range slices.Sorted(maps.Keys(info.Options.Environment)) {
				function.add(name, info.Options.Environment[name])
			}
		}
		service.Functions = append(service.Functions, function)
	}
	return service
}

// Write writes the service for Read.
func (s Service) Write(out io.Writer) error {
	text, err := json.Marshal(s)
	if err != nil {
		return err
	}
	// What precedes it may have no end of a line.
	_, err = fmt.Fprintf(out, "\n%s%s\n", commandline.LocalServiceMark, text)
	return err
}

// Read finds the service in what an application has written.
func Read(output []byte) (service Service, err error) {
	for line := range bytes.Lines(output) {
		if text, found := bytes.CutPrefix(line, []byte(commandline.LocalServiceMark)); found {
			err = json.Unmarshal(text, &service)
			return service, err
		}
	}
	return service, errors.New("the application has ended without describing its service: main must call cgo.Main")
}

func (f *Function) add(name string, value any) {
	if text, isText := value.(string); isText && !sparta.IsDynamicReference(value) {
		f.Variables[name] = text
		return
	}
	f.Unknown = append(f.Unknown, name)
}

// Environment returns the function's variables, as NAME=value. The later one of a name counts.
func (f Function) Environment() []string {
	var variables []string
	for _, name := range slices.Sorted(maps.Keys(f.Variables)) {
		variables = append(variables, name+"="+f.Variables[name])
	}
	return append(variables, f.Settings...)
}

// ServiceDescription returns the service without the values of variables.
func (s Service) ServiceDescription() sparta.ServiceDescription {
	return sparta.ServiceDescription{
		Name: s.Name, Description: s.Description, Functions: s.Descriptions(), API: s.API, Site: s.Site,
	}
}

// Descriptions returns the descriptions of the functions.
func (s Service) Descriptions() []sparta.FunctionDescription {
	descriptions := make([]sparta.FunctionDescription, 0, len(s.Functions))
	for _, function := range s.Functions {
		descriptions = append(descriptions, function.Description)
	}
	return descriptions
}
