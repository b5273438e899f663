package restapi

import (
	"errors"
	"fmt"
	"strings"

	"github.com/go-sparta/sparta/internal/expression"
	"github.com/go-sparta/sparta/provision/internal/apipart"
	"github.com/go-sparta/sparta/sparta"
)

// checkRegion returns an error if a valid API cannot be deployed to a region. An empty region is not known.
func checkRegion(api *sparta.API, region string) error {
	var errs []error
	report := func(format string, values ...any) {
		errs = append(errs, fmt.Errorf("API %s: %w", api.Name, fmt.Errorf(format, values...)))
	}
	withoutEdge := strings.HasPrefix(region, "cn-") || strings.HasPrefix(region, "us-gov-")
	if withoutEdge && endpointType(api) == edge {
		report("region %s has no EDGE endpoints, which are the default: set EndpointConfiguration.Types to %s",
			region, regional)
	}
	if domain := api.Domain; domain != nil && region != "" {
		if withoutEdge && domainType(api) == edge {
			report("region %s has no EDGE endpoints: set Domain.EndpointType to %s", region, regional)
		}
		arn, isText := expression.Text(domain.CertificateArn)
		if own := apipart.CertificateRegion(arn); isText && domainType(api) == regional && own != region {
			report("Domain.CertificateArn %s is in %s, but a REGIONAL endpoint requires a certificate in its own "+
				"region, %s: request one there", arn, own, region)
		}
	}
	return errors.Join(errs...)
}
