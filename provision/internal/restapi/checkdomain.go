package restapi

import (
	"github.com/go-sparta/sparta/internal/expression"
	"github.com/go-sparta/sparta/provision/internal/apipart"
)

func (c *checker) checkDomain() {
	c.CheckDomain()
	domain := c.API.Domain
	if domain == nil {
		return
	}
	if c.API.Stage == nil {
		c.Reportf("Domain is for a stage, which the API does not have: set Stage")
	}
	c.OneOf("", "Domain.SecurityPolicy", domain.SecurityPolicy, "TLS_1_2", "TLS_1_0")
	kind := domainType(c.API)
	if kind == private {
		c.Reportf("Domain.EndpointType %s is not supported: use %s or %s", private, edge, regional)
	} else {
		c.OneOf("", "Domain.EndpointType", kind, edge, regional)
	}
	arn, _ := expression.Text(domain.CertificateArn)
	if region := apipart.CertificateRegion(arn); region != "" && region != "us-east-1" && kind == edge {
		c.Reportf("Domain.CertificateArn %s is in %s, but an EDGE endpoint requires a certificate in us-east-1: "+
			"request one there, or set Domain.EndpointType to REGIONAL", arn, region)
	}
}
