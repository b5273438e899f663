package restapi

import (
	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/apipart"
	"github.com/go-sparta/sparta/sparta"
)

// AddTo adds an API to the template that has its functions and what it may refer to. It returns an error if the API is
// invalid, or cannot be deployed to the region, which is empty if it is not known.
func AddTo(template *cloudformation.Template, api *sparta.API, functions []apipart.Function, region string) error {
	if err := Check(api, apipart.Names(functions)); err != nil {
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
		properties["EndpointConfiguration"] = apipart.Given(map[string]any{
			"Types":          endpoint.Types,
			"VpcEndpointIds": endpoint.VpcEndpointIDs,
		})
	}
	b.add(gateway, "RestApi", properties)
}
