package site

import (
	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/internal/logicalid"
	"github.com/go-sparta/sparta/provision/internal/dnszone"
)

// Managed policies of CloudFront, and the hosted zone of its domains, which are the same in all accounts.
const (
	cachingOptimized = "658327ea-f89d-4fab-a63d-7e88639e58f6"
	securityHeaders  = "67f7725c-6f97-4210-82d7-5512b31e9d03"
	cloudFrontZone   = "Z2FDTNDATAQYW2"
)

func (b *builder) addDistribution() {
	configuration := map[string]any{
		"Enabled":           true,
		"Comment":           cloudformation.Sub("Site of stack ${AWS::StackName} in ${AWS::Region}"),
		"HttpVersion":       "http2and3",
		"IPV6Enabled":       true,
		"DefaultRootObject": Index(b.site),
		"Origins": []any{map[string]any{
			"Id":                    bucketID,
			"DomainName":            cloudformation.GetAtt{bucketID, "RegionalDomainName"},
			"OriginAccessControlId": cloudformation.GetAtt{accessID, "Id"},
			"S3OriginConfig":        map[string]any{"OriginAccessIdentity": ""},
		}},
		"DefaultCacheBehavior": map[string]any{
			"TargetOriginId":          bucketID,
			"ViewerProtocolPolicy":    "redirect-to-https",
			"AllowedMethods":          []string{"GET", "HEAD", "OPTIONS"},
			"Compress":                true,
			"CachePolicyId":           cachingOptimized,
			"ResponseHeadersPolicyId": securityHeaders,
			"FunctionAssociations":    []any{Rewrite()},
		},
	}
	if document := errorDocument(b.site, b.folder); document != "" {
		configuration["CustomErrorResponses"] = b.errorResponses("/" + document)
	}
	if domain := b.site.Domain; domain != nil {
		configuration["Aliases"] = domain.Names
		configuration["ViewerCertificate"] = map[string]any{
			"AcmCertificateArn": domain.CertificateArn, "SslSupportMethod": "sni-only",
			"MinimumProtocolVersion": "TLSv1.2_2021",
		}
	}
	b.add(DistributionID, "AWS::CloudFront::Distribution", map[string]any{"DistributionConfig": configuration})
}

// Rewrite associates a cache behavior with the function that finds index documents.
func Rewrite() map[string]any {
	return map[string]any{
		"EventType": "viewer-request", "FunctionARN": cloudformation.GetAtt{RewriteID, "FunctionARN"},
	}
}

// errorResponses answers with a document what S3 answers for objects that do not exist: 403, because the distribution
// may not list the bucket.
func (b *builder) errorResponses(document string) []any {
	code := 404
	if b.site.SinglePage {
		code = 200
	}
	var responses []any
	for _, origin := range []int{403, 404} {
		responses = append(responses, map[string]any{
			"ErrorCode": origin, "ResponseCode": code, "ResponsePagePath": document, "ErrorCachingMinTTL": 10,
		})
	}
	return responses
}

// addRecords adds the site's own domain names to their zone.
func (b *builder) addRecords() {
	domain := b.site.Domain
	if domain == nil {
		return
	}
	zone, value := dnszone.Property(domain.HostedZoneID, domain.HostedZoneName)
	if zone == "" {
		return
	}
	for _, name := range domain.Names {
		for _, kind := range []string{"A", "AAAA"} {
			b.add(bucketID+"Record"+kind+logicalid.Sum([]byte(name)), "AWS::Route53::RecordSet", map[string]any{
				zone: value, "Name": name, "Type": kind,
				"AliasTarget": map[string]any{
					"DNSName":      cloudformation.GetAtt{DistributionID, "DomainName"},
					"HostedZoneId": cloudFrontZone,
				},
			})
		}
	}
}
