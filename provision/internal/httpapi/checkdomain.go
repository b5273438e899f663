package httpapi

import (
	"fmt"
	"strings"

	"github.com/go-sparta/sparta/internal/expression"
	"github.com/go-sparta/sparta/provision/internal/apipart"
	"github.com/go-sparta/sparta/sparta"
)

func (c *checker) checkDomain() {
	domain := c.api.Domain
	if domain == nil {
		if c.api.DisableExecuteAPIEndpoint {
			c.reportf("DisableExecuteAPIEndpoint leaves the API without a URL: set Domain, or clear it")
		}
		return
	}
	if !apipart.ValidDomain(domain.Name) {
		c.reportf("Domain.Name %q is invalid: use a name in lower case, for example api.example.com", domain.Name)
	}
	if !apipart.ValidBasePath(domain.BasePath) {
		c.reportf("Domain.BasePath %q is invalid: use for example v1, without a slash at its beginning or end",
			domain.BasePath)
	}
	c.oneOf("", "Domain.EndpointType", domain.EndpointType, regional)
	c.oneOf("", "Domain.SecurityPolicy", domain.SecurityPolicy, tls)
	if domain.HostedZoneID != nil && !expression.Is(domain.HostedZoneID) {
		c.reportf("Domain.HostedZoneID of type %T is invalid: use an ID or a CloudFormation intrinsic",
			domain.HostedZoneID)
	}
	if !expression.Is(domain.CertificateArn) {
		c.reportf("Domain.CertificateArn is missing: set it to the ARN of an ACM certificate for %s", domain.Name)
	} else if arn, isText := expression.Text(domain.CertificateArn); isText && certificateRegion(arn) == "" {
		c.reportf("Domain.CertificateArn %q is not the ARN of an ACM certificate", arn)
	}
}

// certificateRegion returns the region of an ACM certificate; empty if the ARN is not that of one.
func certificateRegion(arn string) string {
	parts := strings.Split(arn, ":")
	if len(parts) < 6 || parts[0] != "arn" || parts[2] != "acm" {
		return ""
	}
	return parts[3]
}

// checkRegion returns an error if a valid API cannot be deployed to a region. An empty region is not known.
func checkRegion(api *sparta.API, region string) error {
	if api.Domain == nil || region == "" {
		return nil
	}
	if arn, isText := expression.Text(api.Domain.CertificateArn); isText && certificateRegion(arn) != region {
		return fmt.Errorf("API %s: Domain.CertificateArn %s is in %s, but an HTTP API requires a certificate in its "+
			"own region, %s: request one there", api.Name, arn, certificateRegion(arn), region)
	}
	return nil
}
