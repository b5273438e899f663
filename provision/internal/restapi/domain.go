package restapi

import (
	"cmp"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/apipart"
	"github.com/go-sparta/sparta/sparta"
)

const domainID = gateway + "Domain"

const (
	edge     = "EDGE"
	regional = "REGIONAL"
	private  = "PRIVATE"
)

// endpointType is the API's.
func endpointType(api *sparta.API) string {
	if endpoint := api.EndpointConfiguration; endpoint != nil && len(endpoint.Types) > 0 {
		return endpoint.Types[0]
	}
	return edge
}

// domainType is the endpoint type of the API's domain.
func domainType(api *sparta.API) string { return cmp.Or(api.Domain.EndpointType, endpointType(api)) }

// addDomain adds the API's own domain.
func (b *builder) addDomain() {
	domain := b.api.Domain
	if domain == nil {
		return
	}
	kind, certificate, attributes := domainType(b.api), "CertificateArn", "Distribution"
	if kind == regional {
		certificate, attributes = "RegionalCertificateArn", "Regional"
	}
	b.add(domainID, "DomainName", map[string]any{
		"DomainName":            domain.Name,
		certificate:             domain.CertificateArn,
		"EndpointConfiguration": map[string]any{"Types": []string{kind}},
		"SecurityPolicy":        cmp.Or(domain.SecurityPolicy, "TLS_1_2"),
	})
	b.add(domainID+"Mapping", "BasePathMapping", map[string]any{
		"DomainName": cloudformation.Ref(domainID),
		"BasePath":   domain.BasePath,
		"RestApiId":  cloudformation.Ref(gateway),
		"Stage":      cloudformation.Ref(stageID),
	})
	if record := apipart.Record(domain, domainID, attributes); record != nil {
		b.errs = append(b.errs, b.template.Add(domainID+"Record", record))
	}
}
