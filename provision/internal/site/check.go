package site

import (
	"cmp"
	"errors"
	"fmt"
	"net"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/internal/expression"
	"github.com/go-sparta/sparta/internal/plainjson"
	"github.com/go-sparta/sparta/provision/internal/dnszone"
	"github.com/go-sparta/sparta/sparta"
)

var (
	domainPattern = regexp.MustCompile(`^(\*\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$`)
	bucketPattern = regexp.MustCompile(`^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$`)
)

// checker collects the problems of a site.
type checker struct {
	site *sparta.S3Site
	errs []error
}

func (c *checker) reportf(format string, values ...any) {
	c.errs = append(c.errs, fmt.Errorf("site %s: %w", cmp.Or(c.site.Dir, "without a folder"),
		fmt.Errorf(format, values...)))
}

// Check returns an error, with a line for each problem, if the settings of a site are invalid. The site may be nil.
func Check(site *sparta.S3Site) error {
	if site == nil {
		return nil
	}
	c := &checker{site: site}
	if site.Dir == "" {
		c.reportf("Dir is missing: name the folder with the site's files")
	}
	c.checkDocuments()
	c.checkBucketName()
	c.checkCacheControl()
	c.checkDomain()
	c.checkUserData()
	return errors.Join(c.errs...)
}

func (c *checker) checkUserData() {
	text, err := plainjson.Marshal(c.site.UserManifestData)
	if err != nil {
		c.reportf("UserManifestData cannot be written as JSON: %w: use text, numbers, booleans, lists and maps", err)
	}
	for _, store := range []string{"{{resolve:secretsmanager:", "{{resolve:ssm-secure:"} {
		if strings.Contains(string(text), store) {
			c.reportf("UserManifestData has a reference to a secret (%s), but everybody can read %s: remove it", store,
				Manifest)
		}
	}
}

func (c *checker) checkDocuments() {
	configuration := c.site.WebsiteConfiguration
	if configuration == nil {
		return
	}
	index := configuration.IndexDocument
	if index != nil && (index.Suffix == "" || strings.Contains(index.Suffix, "/")) {
		c.reportf("WebsiteConfiguration.IndexDocument.Suffix %q is invalid: use the name of a file, for example "+
			"index.html", index.Suffix)
	}
	document := configuration.ErrorDocument
	if document == nil {
		return
	}
	if document.Key == "" || path.Clean("/"+document.Key) != "/"+document.Key {
		c.reportf("WebsiteConfiguration.ErrorDocument.Key %q is invalid: use the path of a file from the site's root, "+
			"for example error.html", document.Key)
	}
	if c.site.SinglePage {
		c.reportf("WebsiteConfiguration.ErrorDocument has no effect with SinglePage, which answers with the index " +
			"document: clear one of them")
	}
}

func (c *checker) checkBucketName() {
	name := c.site.BucketName
	if name == nil {
		return
	}
	text, isText := expression.Text(name)
	switch {
	case !isText && !expression.IsIntrinsic(name):
		c.reportf("BucketName of type %T is invalid: use a name or a CloudFormation intrinsic", name)
	case isText && (!bucketPattern.MatchString(text) || strings.Contains(text, "..") || net.ParseIP(text) != nil):
		c.reportf("BucketName %q is invalid: use 3 to 63 lower-case letters, digits, hyphens and dots, but not an IP "+
			"address, or leave it out", text)
	}
}

func (c *checker) checkCacheControl() {
	for i, entry := range c.site.CacheControl {
		if _, err := path.Match(entry.Pattern, ""); err != nil || entry.Pattern == "" || entry.Pattern[0] == '/' {
			c.reportf("CacheControl[%d].Pattern %q is invalid: use for example *.png or images/*", i, entry.Pattern)
		}
		if entry.Value == "" || strings.ContainsFunc(entry.Value, isNotOfHeader) {
			c.reportf("CacheControl[%d].Value %q is invalid: use for example public, max-age=3600", i, entry.Value)
		}
	}
}

// isNotOfHeader reports whether a header's value must not have a character.
func isNotOfHeader(char rune) bool { return char < ' ' || char > '~' }

func (c *checker) checkDomain() {
	domain := c.site.Domain
	if domain == nil {
		return
	}
	if c.site.WebsiteHosting {
		c.reportf("Domain requires CloudFront: clear WebsiteHosting or Domain")
	}
	if len(domain.Names) == 0 {
		c.reportf("Domain.Names is empty: add for example www.example.com")
	}
	for i, name := range domain.Names {
		if !domainPattern.MatchString(name) {
			c.reportf("Domain.Names has %q, which is invalid: use a name in lower case, for example www.example.com",
				name)
		}
		if slices.Contains(domain.Names[:i], name) {
			c.reportf("Domain.Names has %s twice: remove one", name)
		}
	}
	if domain.HostedZoneID != nil && !expression.Is(domain.HostedZoneID) {
		c.reportf("Domain.HostedZoneID %#v is invalid: use an ID or a CloudFormation intrinsic, or leave it out",
			domain.HostedZoneID)
	}
	if err := dnszone.Check(domain.HostedZoneID, domain.HostedZoneName, domain.Names...); err != nil {
		c.reportf("Domain.%w", err)
	}
	if !expression.Is(domain.CertificateArn) {
		c.reportf("Domain.CertificateArn is missing: set it to the ARN of an ACM certificate in us-east-1 for %s",
			strings.Join(domain.Names, ", "))
		return
	}
	arn, isText := expression.Text(domain.CertificateArn)
	parts := strings.Split(arn, ":")
	switch {
	case !isText:
	case len(parts) < 6 || parts[0] != "arn" || parts[2] != "acm":
		c.reportf("Domain.CertificateArn %q is not the ARN of an ACM certificate: use for example "+
			"arn:aws:acm:us-east-1:123456789012:certificate/ID", arn)
	case parts[3] != "us-east-1":
		c.reportf("Domain.CertificateArn %s is in %s, but CloudFront requires a certificate in us-east-1: request one "+
			"there", arn, parts[3])
	}
}

// checkParameters returns an error if the user's part of the manifest refers to a parameter whose value CloudFormation
// does not show.
func checkParameters(site *sparta.S3Site, parameters map[string]cloudformation.Parameter) error {
	names, err := cloudformation.References(userData(site))
	for _, name := range names {
		if err == nil && parameters[name].NoEcho {
			err = fmt.Errorf("site %s: UserManifestData refers to parameter %s, which is NoEcho, but everybody can "+
				"read %s: remove it", site.Dir, name, Manifest)
		}
	}
	return err
}

// checkRegion returns an error if a region does not have what a site requires. An empty region is not known.
func checkRegion(site *sparta.S3Site, region string) error {
	if site.WebsiteHosting || !strings.HasPrefix(region, "cn-") && !strings.HasPrefix(region, "us-gov-") {
		return nil
	}
	return fmt.Errorf("site %s: region %s does not have the CloudFront that a site requires: set WebsiteHosting, or "+
		"deploy the site from another region", site.Dir, region)
}
