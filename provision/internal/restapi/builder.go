package restapi

import (
	"errors"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

// gateway is the API's own logical ID. The others of the package begin with it.
const gateway = "APIGateway"

// Function is a function of the service that methods may invoke.
type Function struct {
	Name   string
	ID     string             // prefix of the logical IDs of its resources
	Callee cloudformation.Ref // the function, or its alias if it has one
	ARN    string             // of the callee, as a text for Sub
}

// builder adds an API to a template.
type builder struct {
	template  *cloudformation.Template
	api       *sparta.API
	functions []Function
	errs      []error
}

// add adds a resource of API Gateway that belongs to the API.
func (b *builder) add(id, kind string, properties map[string]any, dependsOn ...string) {
	resource := &cloudformation.Resource{
		Type: "AWS::ApiGateway::" + kind, Properties: given(properties), DependsOn: dependsOn,
	}
	b.errs = append(b.errs, b.template.Add(id, resource))
}

// function is the function with a name. An empty name means the only function.
func (b *builder) function(name string) Function {
	for _, function := range b.functions {
		if function.Name == name || name == "" {
			return function
		}
	}
	return Function{} // Check reports it
}

func (b *builder) err() error { return errors.Join(b.errs...) }
