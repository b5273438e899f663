package apipart

import (
	"regexp"
	"strings"

	"github.com/go-sparta/sparta/internal/expression"
	"github.com/go-sparta/sparta/provision/internal/dnszone"
)

var (
	domainPattern   = regexp.MustCompile(`^(\*\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$`)
	basePathPattern = regexp.MustCompile(`^[A-Za-z0-9$_.+!*'()/-]*$`)
)

// CheckDomain checks what the domains of all kinds of APIs have. The API may have none.
func (c *Checker) CheckDomain() {
	domain := c.API.Domain
	if domain == nil {
		if c.API.DisableExecuteAPIEndpoint {
			c.Reportf("DisableExecuteAPIEndpoint leaves the API without a URL: set Domain, or clear it")
		}
		return
	}
	if !domainPattern.MatchString(domain.Name) {
		c.Reportf("Domain.Name %q is invalid: use a name in lower case, for example api.example.com", domain.Name)
	}
	if path := domain.BasePath; !basePathPattern.MatchString(path) || strings.HasPrefix(path, "/") ||
		strings.HasSuffix(path, "/") {
		c.Reportf("Domain.BasePath %q is invalid: use for example v1, without a slash at its beginning or end", path)
	}
	if domain.HostedZoneID != nil && !expression.Is(domain.HostedZoneID) {
		c.Reportf("Domain.HostedZoneID of type %T is invalid: use an ID or a CloudFormation intrinsic",
			domain.HostedZoneID)
	}
	if err := dnszone.Check(domain.HostedZoneID, domain.HostedZoneName, domain.Name); err != nil {
		c.Reportf("Domain.%w", err)
	}
	if !expression.Is(domain.CertificateArn) {
		c.Reportf("Domain.CertificateArn is missing: set it to the ARN of an ACM certificate for %s", domain.Name)
	} else if arn, isText := expression.Text(domain.CertificateArn); isText && CertificateRegion(arn) == "" {
		c.Reportf("Domain.CertificateArn %q is not the ARN of an ACM certificate", arn)
	}
}

// CertificateRegion returns the region of an ACM certificate; empty if the ARN is not that of one.
func CertificateRegion(arn string) string {
	parts := strings.Split(arn, ":")
	if len(parts) < 6 || parts[0] != "arn" || parts[2] != "acm" {
		return ""
	}
	return parts[3]
}
