package template

import (
	"errors"
	"fmt"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/internal/discovery"
	"github.com/go-sparta/sparta/provision/internal/discover"
	"github.com/go-sparta/sparta/sparta"
)

// discovers returns what the function finds out by a variable, or nil if there is none: it depends on nothing, sets the
// variable itself, or runs at edge locations.
func (f function) discovers(all []*sparta.LambdaAWSInfo) *discover.Function {
	if _, own := f.options.Environment[discovery.Variable]; own || len(f.info.DependsOn) == 0 || f.options.Edge {
		return nil
	}
	return f.dependsOn(all)
}

// completeDiscovery sets the variable again when the template has all resources.
func completeDiscovery(template *cloudformation.Template, f function, all []*sparta.LambdaAWSInfo) error {
	depends := f.discovers(all)
	if depends == nil || template.Resources[depends.ID] == nil { // a hook has removed the function
		return nil
	}
	return depends.AddTo(template, f.region, f.stack)
}

func (f function) dependsOn(all []*sparta.LambdaAWSInfo) *discover.Function {
	found := &discover.Function{
		ID: string(f.ref()), DependsOn: map[string]string{}, Siblings: map[string]string{},
	}
	for _, info := range all {
		found.Siblings[FunctionLogicalID(info.Name())] = FunctionName(f.stack, info.Name())
	}
	for _, name := range f.info.DependsOn {
		found.DependsOn[name] = dependency(all, name)
	}
	return found
}

// PackForEdge returns a copy of the package that has what functions for edge locations know, or nil if none of them
// depends on anything. The template has the resources that exist before the functions.
func PackForEdge(
	template *cloudformation.Template, service Service, zip, workspace string,
) (*discover.Package, error) {
	known := map[string]*sparta.DiscoveryInfo{}
	var errs []error
	for _, info := range service.Functions {
		f := newFunction(info)
		f.stack = service.Stack
		if !f.options.Edge || len(info.DependsOn) == 0 {
			continue
		}
		found, err := f.dependsOn(service.Functions).AtEdge(template, service.Stack)
		if err != nil {
			errs = append(errs, fmt.Errorf("function %s: %w", info.Name(), err))
		}
		known[info.Name()] = found
	}
	if err := errors.Join(errs...); err != nil || len(known) == 0 {
		return nil, err
	}
	return discover.Pack(known, zip, workspace)
}

// siblings are the names of the functions, by the logical IDs of those of their resources to which settings may refer.
func siblings(service Service) map[string]string {
	names := map[string]string{}
	for _, info := range service.Functions {
		f := newFunction(info)
		for _, id := range []string{string(f.ref()), f.aliasID(), f.roleID(), logGroup{}.id(f), url{}.id(f)} {
			names[id] = FunctionName(service.Stack, info.Name())
		}
	}
	return names
}
