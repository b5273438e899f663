package decorator

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/go-sparta/sparta/sparta"
)

// CloudFrontSiteDistributionDecorator sets the domain of a site: subdomain.domainName, or domainName if subdomain is
// empty, with a certificate of ACM in us-east-1. Its records are added in the zone domainName of Route 53. It is a
// short form of S3Site.Domain.
//
// Add the result to the service's decorators. The call itself sets Domain, so that it is checked before the build.
func CloudFrontSiteDistributionDecorator(
	s3Site *sparta.S3Site, subdomain, domainName string, acmCertificateARN any,
) sparta.ServiceDecoratorHookFunc {
	if s3Site == nil {
		return failing(errors.New("CloudFrontSiteDistributionDecorator: the site is nil: pass the service's"))
	}
	if s3Site.Domain != nil {
		return failing(fmt.Errorf("CloudFrontSiteDistributionDecorator: site %s already has a domain: clear Domain, "+
			"or leave the decorator out", s3Site.Dir))
	}
	name := domainName
	if subdomain != "" {
		name = subdomain + "." + domainName
	}
	own := &sparta.SiteDomain{
		Names: []string{name}, CertificateArn: acmCertificateARN, HostedZoneName: domainName,
	}
	s3Site.Domain = own
	return func(context.Context, *sparta.Workflow) error {
		if s3Site.Domain != own {
			return fmt.Errorf("CloudFrontSiteDistributionDecorator: Domain of site %s has been replaced: "+
				"set it only once", s3Site.Dir)
		}
		return nil
	}
}

// APIGatewayDomainDecorator sets the domain of an API: domainName, with a certificate of ACM, from us-east-1 for an
// EDGE endpoint, else from the stack's region. A base path is the first part of its paths; empty means none. The
// domain's record is added in the zone of Route 53 that has the name without its first part; the record of example.com
// in the zone example.com. It is a short form of API.Domain.
//
// Add the result to the service's decorators. The call itself sets Domain, so that it is checked before the build.
func APIGatewayDomainDecorator(
	apiGateway *sparta.API, acmCertificateARN any, basePath, domainName string,
) sparta.ServiceDecoratorHookFunc {
	if apiGateway == nil {
		return failing(errors.New("APIGatewayDomainDecorator: the API is nil: pass the service's"))
	}
	if apiGateway.Domain != nil {
		return failing(fmt.Errorf("APIGatewayDomainDecorator: API %s already has a domain: clear Domain, or leave the "+
			"decorator out", apiGateway.Name))
	}
	_, zone, _ := strings.Cut(domainName, ".")
	if !strings.Contains(zone, ".") {
		zone = domainName // nobody has a zone such as com
	}
	own := &sparta.APIDomain{
		Name: domainName, CertificateArn: acmCertificateARN, BasePath: strings.Trim(basePath, "/"),
		HostedZoneName: zone,
	}
	apiGateway.Domain = own
	return func(context.Context, *sparta.Workflow) error {
		if apiGateway.Domain != own {
			return fmt.Errorf("APIGatewayDomainDecorator: Domain of API %s has been replaced: set it only once",
				apiGateway.Name)
		}
		return nil
	}
}

// failing is a decorator that only returns an error: the originals return none when they are called.
func failing(err error) sparta.ServiceDecoratorHookFunc {
	return func(context.Context, *sparta.Workflow) error { return err }
}
