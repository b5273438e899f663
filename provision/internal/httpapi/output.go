package httpapi

import (
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

// Outputs returns the stack's outputs about an API, by name.
func Outputs(api *sparta.API) map[string]cloudformation.Output {
	outputs := map[string]cloudformation.Output{}
	if api.Stage == nil {
		return outputs
	}
	scheme, own := "https://", api.RestAPIURL()
	if isWebSocket(api) {
		scheme, own = "wss://", cloudformation.Sub("wss://"+strings.TrimPrefix(string(own), "https://"))
	}
	if api.Stage.Name != sparta.DefaultStage {
		own += cloudformation.Sub("/" + api.Stage.Name)
	}
	var url any = own
	if domain := api.Domain; domain != nil {
		address := scheme + domain.Name
		if domain.BasePath != "" {
			address += "/" + domain.BasePath
		}
		outputs["APIGatewayDomainURL"] = cloudformation.Output{
			Description: "URL of " + api.Name + " at its own domain", Value: address,
		}
		outputs["APIGatewayDomainTarget"] = cloudformation.Output{
			Description: "Target of the DNS record of " + domain.Name,
			Value:       cloudformation.GetAtt{api.LogicalResourceName() + "Domain", "RegionalDomainName"},
		}
		if api.DisableExecuteAPIEndpoint {
			url = address
		}
	}
	outputs[sparta.OutputAPIGatewayURL] = cloudformation.Output{Description: "URL of " + api.Name, Value: url}
	return outputs
}
