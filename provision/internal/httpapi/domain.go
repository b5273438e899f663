package httpapi

import (
	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/apipart"
)

func (b *builder) domainID() string { return b.id + "Domain" }

const (
	regional = "REGIONAL" // the only type of endpoint that HTTP APIs have
	tls      = "TLS_1_2"  // the only policy
)

// addDomain adds the API's own domain.
func (b *builder) addDomain() {
	domain := b.api.Domain
	if domain == nil {
		return
	}
	b.add(b.domainID(), "DomainName", map[string]any{
		"DomainName": domain.Name,
		"DomainNameConfigurations": []any{map[string]any{
			"CertificateArn": domain.CertificateArn, "EndpointType": regional, "SecurityPolicy": tls,
		}},
	})
	b.add(b.domainID()+"Mapping", "ApiMapping", map[string]any{
		"ApiId":         cloudformation.Ref(b.id),
		"DomainName":    cloudformation.Ref(b.domainID()),
		"Stage":         cloudformation.Ref(b.stageID()),
		"ApiMappingKey": domain.BasePath,
	})
	if record := apipart.Record(domain, b.domainID(), "Regional"); record != nil {
		b.addResource(b.domainID()+"Record", record)
	}
}
