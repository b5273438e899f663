package restapi

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

// gateway is the API's own logical ID. The others of the package begin with it.
const gateway = "APIGateway"

// Function is a function of the service that methods may invoke.
type Function struct {
	Name   string
	ID     string             // what the logical IDs of its resources begin with
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

// AddTo adds an API to the template that has its functions and what it may refer to. It returns an error if the API is
// invalid, or not for the region, which is empty if it is not known.
func AddTo(template *cloudformation.Template, api *sparta.API, functions []Function, region string) error {
	if err := Check(api, functionNames(functions)); err != nil {
		return err
	}
	if err := checkRegion(api, region); err != nil {
		return err
	}
	b := &builder{template: template, api: api, functions: functions}
	b.addGateway()
	b.addPaths()
	b.addModels()
	b.addValidators()
	b.addAuthorizers()
	b.addMethods()
	b.addPermissions()
	b.addStage()
	b.addUsagePlans()
	b.addDomain()
	if err := b.err(); err != nil {
		return err
	}
	return Redeploy(template)
}

func functionNames(functions []Function) []string {
	var names []string
	for _, function := range functions {
		names = append(names, function.Name)
	}
	return names
}

// add adds a resource of API Gateway that belongs to the API.
func (b *builder) add(id, kind string, properties map[string]any, dependsOn ...string) {
	resource := &cloudformation.Resource{
		Type: "AWS::ApiGateway::" + kind, Properties: given(properties), DependsOn: dependsOn,
	}
	b.errs = append(b.errs, b.template.Add(id, resource))
}

// function is the function of a name. An empty name means the only one.
func (b *builder) function(name string) Function {
	for _, function := range b.functions {
		if function.Name == name || name == "" {
			return function
		}
	}
	return Function{} // Check reports it
}

// addGateway adds the API itself.
func (b *builder) addGateway() {
	properties := map[string]any{
		"Name":                      b.api.Name,
		"Description":               b.api.Description,
		"BinaryMediaTypes":          b.api.BinaryMediaTypes,
		"ApiKeySourceType":          b.api.APIKeySourceType,
		"Policy":                    b.api.Policy,
		"CloneFrom":                 b.api.CloneFrom,
		"MinimumCompressionSize":    b.api.MinimumCompressionSize,
		"DisableExecuteApiEndpoint": b.api.DisableExecuteAPIEndpoint,
	}
	if endpoint := b.api.EndpointConfiguration; endpoint != nil {
		properties["EndpointConfiguration"] = given(map[string]any{
			"Types":          endpoint.Types,
			"VpcEndpointIds": endpoint.VpcEndpointIDs,
		})
	}
	b.add(gateway, "RestApi", properties)
}

// given leaves out what is not set.
func given(properties map[string]any) map[string]any {
	maps.DeleteFunc(properties, func(_ string, value any) bool { return isZero(value) })
	return properties
}

// route is a method of a path.
type route struct {
	path, verb string
	resource   *sparta.Resource
	method     *sparta.Method
}

// routes are the API's methods in the order of their paths and verbs, without what is nil, which Check reports.
func routes(api *sparta.API) []route {
	var list []route
	for _, resource := range api.Resources {
		if resource == nil {
			continue
		}
		for verb, method := range resource.Methods {
			if method != nil {
				list = append(list, route{normalized(resource.Path), verb, resource, method})
			}
		}
	}
	slices.SortStableFunc(list, func(one, other route) int {
		return cmp.Or(strings.Compare(one.path, other.path), strings.Compare(one.verb, other.verb))
	})
	return list
}
