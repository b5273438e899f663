package apipart

import (
	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/dnszone"
	"github.com/go-sparta/sparta/sparta"
)

// Record returns the DNS record of an API's domain, or nil if it is added elsewhere. The domain's resource has a
// logical ID and two attributes, which begin with the same word, for what the record refers to.
func Record(domain *sparta.APIDomain, id, attributes string) *cloudformation.Resource {
	zone, value := dnszone.Property(domain.HostedZoneID, domain.HostedZoneName)
	if zone == "" {
		return nil
	}
	return &cloudformation.Resource{
		Type: "AWS::Route53::RecordSet",
		Properties: map[string]any{
			zone:   value,
			"Name": domain.Name,
			"Type": "A",
			"AliasTarget": map[string]any{
				"DNSName":      cloudformation.GetAtt{id, attributes + "DomainName"},
				"HostedZoneId": cloudformation.GetAtt{id, attributes + "HostedZoneId"},
			},
		},
	}
}

// Outputs returns the stack's outputs about the URL of a deployed API, by name. The API has the URL own in API
// Gateway's domain. If it has a domain of its own, target is what the domain's DNS record refers to.
func Outputs(api *sparta.API, own, target any) map[string]cloudformation.Output {
	outputs := map[string]cloudformation.Output{}
	if domain := api.Domain; domain != nil {
		address := "https://" + domain.Name
		if api.ProtocolType == sparta.WebSocketProtocol {
			address = "wss://" + domain.Name
		}
		if domain.BasePath != "" {
			address += "/" + domain.BasePath
		}
		outputs["APIGatewayDomainURL"] = cloudformation.Output{
			Description: "URL of " + api.Name + " at its own domain", Value: address,
		}
		outputs["APIGatewayDomainTarget"] = cloudformation.Output{
			Description: "Target of the DNS record of " + domain.Name, Value: target,
		}
		if api.DisableExecuteAPIEndpoint {
			own = address
		}
	}
	outputs[sparta.OutputAPIGatewayURL] = cloudformation.Output{Description: "URL of " + api.Name, Value: own}
	return outputs
}
