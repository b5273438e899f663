package provision

import (
	"errors"

	"github.com/go-sparta/sparta/cloudformation"
)

// codeLocation is where the functions' package is in S3.
type codeLocation struct {
	Bucket  string // empty makes it a parameter of the template, codeBucketParameter
	Key     string
	Version string // of a versioned bucket's object; empty means the newest
}

// codeBucketParameter is the parameter of a template whose bucket is not known.
const codeBucketParameter = "CodeS3Bucket"

// newTemplate describes the service's stack. Decorate it, declare its
// parameters with declareParameters and then render it with Marshal, which
// checks the whole.
func newTemplate(service Service, pkg Package, code codeLocation, options Options) (*cloudformation.Template, error) {
	return nil, errors.New("not implemented")
}

// declareParameters checks values given for the template's parameters. One that
// the template refers to but nobody declared becomes a text that CloudFormation
// never shows.
func declareParameters(template *cloudformation.Template, values map[string]string) error {
	return errors.New("not implemented")
}

// stackTags are the tags of a stack and all its resources.
func stackTags(pkg Package, options Options) (map[string]string, error) {
	return nil, errors.New("not implemented")
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

func logicalID(name string) string { return name }
