package httpapi

import (
	"errors"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/internal/apiroutes"
	"github.com/go-sparta/sparta/provision/internal/apipart"
	"github.com/go-sparta/sparta/sparta"
)

// builder adds an API to a template.
type builder struct {
	template  *cloudformation.Template
	api       *sparta.API
	id        string // the API's own logical ID, with which those of its parts begin
	functions []apipart.Function
	routes    []apiroutes.HTTPRoute
	errs      []error
}

// add adds a resource of API Gateway that belongs to the API.
func (b *builder) add(id, kind string, properties map[string]any, dependsOn ...string) {
	b.addResource(id, &cloudformation.Resource{
		Type: "AWS::ApiGatewayV2::" + kind, Properties: apipart.Given(properties), DependsOn: dependsOn,
	})
}

func (b *builder) addResource(id string, resource *cloudformation.Resource) {
	b.errs = append(b.errs, b.template.Add(id, resource))
}

// function returns the function with a name. An empty name means the only function.
func (b *builder) function(name string) apipart.Function { return apipart.Find(b.functions, name) }

func (b *builder) err() error { return errors.Join(b.errs...) }
