package restapi

import (
	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/apipart"
	"github.com/go-sparta/sparta/sparta"
)

// Outputs are the stack's outputs about an API, by name.
func Outputs(api *sparta.API) map[string]cloudformation.Output {
	if api.Stage == nil {
		return nil
	}
	target := cloudformation.GetAtt{domainID, "DistributionDomainName"}
	if api.Domain != nil && domainType(api) == regional {
		target[1] = "RegionalDomainName"
	}
	outputs := apipart.Outputs(api, api.RestAPIURL()+cloudformation.Sub("/"+api.Stage.Name), target)
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
