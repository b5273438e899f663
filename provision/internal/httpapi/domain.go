package httpapi

import (
	"github.com/go-sparta/sparta/cloudformation"
)

const (
	domainID = gateway + "Domain"
	regional = "REGIONAL" // the only type of endpoint that HTTP APIs have
	tls      = "TLS_1_2"  // the only policy
)

// addDomain adds the API's own domain.
func (b *builder) addDomain() {
	domain := b.api.Domain
	if domain == nil {
		return
	}
	b.add(domainID, "DomainName", map[string]any{
		"DomainName": domain.Name,
		"DomainNameConfigurations": []any{map[string]any{
			"CertificateArn": domain.CertificateArn, "EndpointType": regional, "SecurityPolicy": tls,
		}},
	})
	b.add(domainID+"Mapping", "ApiMapping", map[string]any{
		"ApiId":         cloudformation.Ref(gateway),
		"DomainName":    cloudformation.Ref(domainID),
		"Stage":         cloudformation.Ref(stageID),
		"ApiMappingKey": domain.BasePath,
	})
	if domain.HostedZoneID == nil {
		return
	}
	b.addResource(domainID+"Record", &cloudformation.Resource{
		Type: "AWS::Route53::RecordSet",
		Properties: map[string]any{
			"HostedZoneId": domain.HostedZoneID,
			"Name":         domain.Name,
			"Type":         "A",
			"AliasTarget": map[string]any{
				"DNSName":      cloudformation.GetAtt{domainID, "RegionalDomainName"},
				"HostedZoneId": cloudformation.GetAtt{domainID, "RegionalHostedZoneId"},
			},
		},
	})
}
