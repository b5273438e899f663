package provision

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

// codeLocation is where the functions' package is in S3.
type codeLocation struct {
	Bucket  string // empty makes it a parameter of the template, codeBucketParameter
	Key     string
	Version string // of a versioned bucket's object; empty means the newest
}

var stackPattern = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9-]{0,127}$`)

// codeBucketParameter is the parameter of a template whose bucket is not known.
const codeBucketParameter = "CodeS3Bucket"

// newTemplate describes the service's stack. Once hooks have decorated it,
// declareParameters checks its parameters, and Marshal all the rest.
func newTemplate(service Service, pkg Package, code codeLocation, options Options) (*cloudformation.Template, error) {
	if err := sparta.Validate(service.Name, service.Functions); err != nil {
		return nil, err
	}
	stack := stackName(service, options)
	if !stackPattern.MatchString(stack) {
		return nil, fmt.Errorf("stack name %q is invalid: use up to 128 letters, digits and hyphens, a letter first", stack)
	}
	template := cloudformation.NewTemplate(service.Description)
	location := map[string]any{"S3Bucket": code.Bucket, "S3Key": code.Key}
	if code.Bucket == "" {
		location["S3Bucket"] = cloudformation.Ref(codeBucketParameter)
		template.Parameters[codeBucketParameter] = cloudformation.Parameter{
			Type:        "String",
			Description: "Bucket that holds the package, " + code.Key,
		}
	}
	if code.Version != "" {
		location["S3ObjectVersion"] = code.Version
	}
	var errs []error
	owners := map[string]string{} // of logical ids: names of functions
	outputs := functionOutputs{{}, {}, {}}
	for _, info := range service.Functions {
		id := logicalID(info.Name())
		if other, taken := owners[id]; taken {
			errs = append(errs, fmt.Errorf("functions %s and %s are both %s in the template: set SpartaOptions.Name of one", other, info.Name(), id))
			continue
		}
		owners[id] = info.Name()
		f, err := newFunction(info, pkg, stack, options.Session.Region)
		if err != nil {
			errs = append(errs, fmt.Errorf("function %s: %w", info.Name(), err))
			continue
		}
		if err := f.addTo(template, location); err != nil {
			errs = append(errs, fmt.Errorf("function %s: %w", info.Name(), err))
			continue
		}
		outputs.add(f)
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	outputs.addTo(template)
	return template, nil
}

// stackName is the name of a service's stack.
func stackName(service Service, options Options) string {
	if options.Stack != "" {
		return options.Stack
	}
	return service.Name
}

// functionName is the name of a service's function in AWS.
func functionName(stack, name string) string { return stack + "-" + name }

// functionLogicalID is the logical id of a service's function in its stack.
func functionLogicalID(name string) string { return logicalID(name) + "Function" }

// logicalID is what the logical ids of all that belongs to a function begin
// with: HelloWorld for hello_world.
func logicalID(name string) string {
	var id strings.Builder
	for word := range strings.SplitSeq(name, "_") {
		if word != "" {
			id.WriteString(strings.ToUpper(word[:1]) + word[1:])
		}
	}
	return id.String()
}
