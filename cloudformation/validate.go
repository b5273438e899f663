package cloudformation

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// CloudFormation's limits.
const (
	maxResources   = 500
	maxParameters  = 200
	maxMappings    = 200
	maxDescription = 1024 // bytes
)

// MaxOutputs is the number of outputs that a template may have.
const MaxOutputs = 200

var namePattern = pattern(`^[A-Za-z0-9]{1,255}$`)

// Validate returns an error, with a line for each problem, if the template exceeds a limit, has an invalid name
// or refers to something that does not exist. It does not check the properties of resources; CloudFormation
// does.
func (t *Template) Validate() error {
	var problems []error
	report := func(format string, values ...any) { problems = append(problems, fmt.Errorf(format, values...)) }
	if len(t.Description) > maxDescription {
		report("template's description of %d bytes is too long: use up to %d", len(t.Description), maxDescription)
	}
	if len(t.Resources) == 0 {
		report("template has no resources: add at least one")
	}
	for _, section := range []struct {
		what   string
		names  []string
		max    int
		detail string
	}{
		{"parameter", names(t.Parameters), maxParameters, ""},
		{"mapping", names(t.Mappings), maxMappings, ""},
		{"resource", names(t.Resources), maxResources, " (it has " + t.kinds() + ")"},
		{"output", names(t.Outputs), MaxOutputs, ""},
	} {
		if count := len(section.names); count > section.max {
			report("template has %d %ss, but CloudFormation allows %d: split the stack%s",
				count, section.what, section.max, section.detail)
		}
		for _, name := range section.names {
			if !namePattern().MatchString(name) {
				report("%s %q has an invalid name: use 1 to 255 letters and digits", section.what, name)
			}
		}
	}
	for _, name := range names(t.Parameters) {
		if t.Parameters[name].Type == "" {
			report("parameter %s has no type: set it, for example to String", name)
		}
		if t.Resources[name] != nil {
			report("parameter %s has the same name as a resource: rename one", name)
		}
	}
	for _, id := range names(t.Resources) {
		if err := t.Resources[id].validate(); err != nil {
			report("resource %s: %w", id, err)
		}
	}
	for _, name := range names(t.Outputs) {
		if output := t.Outputs[name]; output.Value == nil {
			report("output %s has no value: set it", name)
		} else if len(output.Description) > maxDescription {
			report("output %s: description of %d bytes is too long: use up to %d",
				name, len(output.Description), maxDescription)
		}
	}
	return errors.Join(append(problems, t.referenceProblems()...)...)
}

func (r *Resource) validate() error {
	policies := []string{"", Delete, Retain, RetainExceptOnCreate, Snapshot}
	switch {
	case r == nil:
		return errors.New("it is nil")
	case r.Type == "":
		return errors.New("it has no type: set it, for example to AWS::SQS::Queue")
	case !slices.Contains(policies, r.DeletionPolicy):
		return fmt.Errorf("deletion policy %q is unknown: use one of %v", r.DeletionPolicy, policies[1:])
	case !slices.Contains(policies, r.UpdateReplacePolicy) || r.UpdateReplacePolicy == RetainExceptOnCreate:
		return fmt.Errorf("update replace policy %q is unknown: use Delete, Retain or Snapshot", r.UpdateReplacePolicy)
	}
	return nil
}

// kinds lists how many resources the template has of each type, most first.
func (t *Template) kinds() string {
	counts := map[string]int{}
	for _, resource := range t.Resources {
		if resource != nil {
			counts[resource.Type]++
		}
	}
	types := names(counts)
	slices.SortStableFunc(types, func(one, other string) int { return counts[other] - counts[one] })
	for i, name := range types {
		types[i] = fmt.Sprintf("%d %s", counts[name], name)
	}
	return strings.Join(types, ", ")
}
