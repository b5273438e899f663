package restapi

import (
	"strings"

	"github.com/go-sparta/sparta/internal/expression"
	"github.com/go-sparta/sparta/provision/internal/apipart"
)

func (c *checker) checkDomain() {
	domain := c.api.Domain
	if domain == nil {
		return
	}
	if c.api.Stage == nil {
		c.reportf("Domain is for a stage, which the API does not have: set Stage")
	}
	if !apipart.ValidDomain(domain.Name) {
		c.reportf("Domain.Name %q is invalid: use a name in lower case, for example api.example.com", domain.Name)
	}
	if !apipart.ValidBasePath(domain.BasePath) {
		c.reportf("Domain.BasePath %q is invalid: use for example v1, without a slash at its beginning or end",
			domain.BasePath)
	}
	c.oneOf("", "Domain.SecurityPolicy", domain.SecurityPolicy, "TLS_1_2", "TLS_1_0")
	kind := domainType(c.api)
	switch {
	case kind == private:
		c.reportf("Domain.EndpointType %s is not supported: use %s or %s", private, edge, regional)
	default:
		c.oneOf("", "Domain.EndpointType", kind, edge, regional)
	}
	if domain.HostedZoneID != nil && !expression.Is(domain.HostedZoneID) {
		c.reportf("Domain.HostedZoneID of type %T is invalid: use an ID or a CloudFormation intrinsic",
			domain.HostedZoneID)
	}
	if !expression.Is(domain.CertificateArn) {
		c.reportf("Domain.CertificateArn is missing: set it to the ARN of an ACM certificate for %s", domain.Name)
		return
	}
	if arn, isText := expression.Text(domain.CertificateArn); isText {
		parts := strings.Split(arn, ":")
		switch {
		case len(parts) < 6 || parts[0] != "arn" || parts[2] != "acm":
			c.reportf("Domain.CertificateArn %q is not the ARN of an ACM certificate", arn)
		case kind == edge && parts[3] != "us-east-1":
			c.reportf("Domain.CertificateArn %s is in %s, but an EDGE endpoint requires a certificate in us-east-1: "+
				"request one there, or set Domain.EndpointType to REGIONAL", arn, parts[3])
		}
	}
}
