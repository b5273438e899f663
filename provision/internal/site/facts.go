package site

import (
	"strings"

	"github.com/go-sparta/sparta/internal/plainjson"
	"github.com/go-sparta/sparta/provision/internal/dnszone"
	"github.com/go-sparta/sparta/provision/internal/show"
	"github.com/go-sparta/sparta/sparta"
)

// Facts are a site's settings in words.
func Facts(site *sparta.S3Site) []show.Fact {
	facts := []show.Fact{{Name: "Served by", Value: "CloudFront, from a private bucket"}}
	if site.WebsiteHosting {
		facts[0].Value = "S3, from a public bucket, by HTTP"
	}
	missing := "error.html, if there is one"
	if document := errorDocument(site, nil); document != "" {
		missing = document
	}
	if site.SinglePage {
		missing += ", for routes in the browser"
	}
	facts = append(facts, show.Fact{Name: "Document of folders", Value: Index(site)},
		show.Fact{Name: "Document for what does not exist", Value: missing})
	if site.BucketName != nil {
		facts = append(facts, show.Fact{Name: "Bucket", Value: show.Expression(site.BucketName)})
	}
	if domain := site.Domain; domain != nil {
		facts = append(facts, show.Fact{Name: "Domain", Value: strings.Join(domain.Names, ", ")},
			show.Fact{Name: "Certificate", Value: show.Expression(domain.CertificateArn)})
		if zone, value := dnszone.Property(domain.HostedZoneID, domain.HostedZoneName); zone != "" {
			facts = append(facts, show.Fact{Name: "Hosted zone", Value: show.Expression(value)})
		}
	}
	for _, entry := range site.CacheControl {
		facts = append(facts, show.Fact{Name: "Cache-Control of " + entry.Pattern, Value: entry.Value})
	}
	if text, err := plainjson.Marshal(site.UserManifestData); err == nil && len(site.UserManifestData) > 0 {
		facts = append(facts, show.Fact{Name: "User data in " + Manifest, Value: string(text)})
	}
	return facts
}
