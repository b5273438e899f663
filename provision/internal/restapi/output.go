package restapi

import (
	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

// Outputs are the stack's outputs about an API, by name. The API may be nil.
func Outputs(api *sparta.API) map[string]cloudformation.Output {
	outputs := map[string]cloudformation.Output{}
	if api == nil || api.Stage == nil {
		return outputs
	}
	var url any = api.RestAPIURL() + cloudformation.Sub("/"+api.Stage.Name)
	if domain := api.Domain; domain != nil {
		own := "https://" + domain.Name
		if domain.BasePath != "" {
			own += "/" + domain.BasePath
		}
		outputs["APIGatewayDomainURL"] = cloudformation.Output{
			Description: "URL of " + api.Name + " at its own domain", Value: own,
		}
		target := cloudformation.GetAtt{domainID, "DistributionDomainName"}
		if domainType(api) == regional {
			target[1] = "RegionalDomainName"
		}
		outputs["APIGatewayDomainTarget"] = cloudformation.Output{
			Description: "Target of the DNS record of " + domain.Name, Value: target,
		}
		if api.DisableExecuteAPIEndpoint {
			url = own
		}
	}
	outputs[sparta.OutputAPIGatewayURL] = cloudformation.Output{Description: "URL of " + api.Name, Value: url}
	for _, plan := range api.UsagePlans {
		if plan == nil {
			continue
		}
		for _, key := range plan.APIKeys {
			if key != nil {
				outputs[keyID(key)] = cloudformation.Output{
					Description: "ID of API key " + key.Name, Value: cloudformation.Ref(keyID(key)),
				}
			}
		}
	}
	return outputs
}
