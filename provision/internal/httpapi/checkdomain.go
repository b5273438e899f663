package httpapi

import (
	"fmt"

	"github.com/go-sparta/sparta/internal/expression"
	"github.com/go-sparta/sparta/provision/internal/apipart"
	"github.com/go-sparta/sparta/sparta"
)

func (c *checker) checkDomain() {
	c.CheckDomain()
	if domain := c.API.Domain; domain != nil {
		c.OneOf("", "Domain.EndpointType", domain.EndpointType, regional)
		c.OneOf("", "Domain.SecurityPolicy", domain.SecurityPolicy, tls)
	}
}

// checkRegion returns an error if a valid API cannot be deployed to a region. An empty region is not known.
func checkRegion(api *sparta.API, region string) error {
	if api.Domain == nil || region == "" {
		return nil
	}
	if arn, isText := expression.Text(api.Domain.CertificateArn); isText && apipart.CertificateRegion(arn) != region {
		return fmt.Errorf("API %s: Domain.CertificateArn %s is in %s, but an HTTP API requires a certificate in its "+
			"own region, %s: request one there", api.Name, arn, apipart.CertificateRegion(arn), region)
	}
	return nil
}
