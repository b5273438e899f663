package template

import (
	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/site"
	"github.com/go-sparta/sparta/sparta"
)

const siteCertificate = "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012"

// siteService is a service with a site that has files of these keys.
func siteService(described *sparta.S3Site, keys ...string) Service {
	function := testFunction("orders", ownRole(), nil)
	service := apiService(shopAPI(function), function)
	service.Site, service.Folder = described, &site.Folder{}
	for _, key := range keys {
		service.Folder.Files = append(service.Folder.Files, site.File{Key: key})
	}
	return service
}

// pipelineSite is a site whose files a pipeline hands over.
func pipelineSite() templateCase {
	service := siteService(&sparta.S3Site{Dir: "public", UserManifestData: map[string]any{
		"count": 1, "region": cloudformation.Region,
	}}, "index.html")
	service.Archive = &site.Archive{Bucket: "artifacts", Key: "Hello/0-site.zip", SHA256: "0"}
	return templateCase{service: service}
}

// siteCases are the templates of sites, by the names of their files.
func siteCases() map[string]templateCase {
	return map[string]templateCase{
		"site": {service: siteService(&sparta.S3Site{Dir: "public"}, "index.html", "error.html", "about/LICENSE")},
		"site-full": {service: siteService(&sparta.S3Site{
			Dir: "public", BucketName: cloudformation.Sub("shop-${AWS::AccountId}"), SinglePage: true,
			WebsiteConfiguration: &sparta.WebsiteConfiguration{
				IndexDocument: &sparta.IndexDocument{Suffix: "start.html"},
			},
			UserManifestData: map[string]any{
				"title": "Shop",
				"auth":  map[string]any{"region": cloudformation.Region, "pools": []any{cloudformation.StackName, "b"}},
			},
			Domain: &sparta.SiteDomain{
				Names: []string{"example.com", "*.example.com"}, CertificateArn: siteCertificate,
				HostedZoneID: "Z0123456789ABCDEFGHIJ",
			},
		}, "start.html"), stack: "a-stack-whose-name-is-too-long-for-CloudFront"},
		"site-pipeline": pipelineSite(),
		"site-hosting": {service: siteService(&sparta.S3Site{
			Dir: "public", WebsiteHosting: true,
			WebsiteConfiguration: &sparta.WebsiteConfiguration{ErrorDocument: &sparta.ErrorDocument{Key: "404.html"}},
		}, "index.html", "404.html")},
	}
}
