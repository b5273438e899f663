package original

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/internal/existing"
	"github.com/go-sparta/sparta/internal/localservice"
	"github.com/go-sparta/sparta/sparta"
)

// Local describes the service for runs on this machine. If it has something in its template that this module cannot
// describe, the description lacks the picture, the API and the functions' sources, and the problem says why. It has the
// site only if withSite is true, because its files are unpacked for that.
func (s *Service) Local(withSite bool) (service localservice.Service, problem, err error) {
	var site *sparta.S3Site
	if withSite {
		if site, err = localSite(s.template, s.site); err != nil {
			return service, nil, err
		}
	}
	description, picture, problem := s.draw(site)
	if problem != nil {
		if description, err = sparta.NewServiceDescription(s.Name, s.Description, s.Functions, nil); err != nil {
			return service, nil, err
		}
		description.Site = site
	}
	service = localservice.Of(description, s.Functions)
	service.Picture = picture
	for i := range service.Functions {
		function := &service.Functions[i]
		name := function.Description.Name
		function.Name = s.Existing.FunctionName(s.Name, name, name)
		function.Description.Handler = handler
		function.Variables, function.Unknown = s.local(name)
		function.Settings = []string{discoveryInfo + "=" + s.discovery(name)}
	}
	return service, problem, nil
}

// discoveryInfo is the variable that tells a function about its stack.
const discoveryInfo = "SPARTA_DISCOVERY_INFO"

// discovery returns the value of that variable for a function on this machine, where there are no other resources.
func (s *Service) discovery(name string) string {
	text, _ := json.Marshal(map[string]any{ // cannot fail
		"ResourceID": s.Existing.Functions[name].LogicalID,
		"StackName":  s.Name,
		"Resources":  map[string]any{},
	})
	return base64.StdEncoding.EncodeToString(text)
}

// local returns a function's variables that have a value on this machine, and the names of the others, whose values
// only a deployed stack has.
func (s *Service) local(function string) (known map[string]string, unknown []string) {
	known = map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(s.variables[function])) {
		if name == discoveryInfo {
			continue
		}
		if value := s.value(s.variables[function][name]); value != nil {
			known[name] = *value
		} else {
			unknown = append(unknown, name)
		}
	}
	return known, unknown
}

// value returns the text that CloudFormation makes of a variable's value, or nil if that depends on more than the name
// of the stack.
func (s *Service) value(value any) *string {
	var known string
	switch value := value.(type) {
	case string:
		known = value
	case bool, json.Number:
		known = fmt.Sprint(value)
	default:
		if known = text(value); known == "" {
			return nil
		}
		known = strings.ReplaceAll(known, existing.StackName, s.Name)
	}
	return &known
}
