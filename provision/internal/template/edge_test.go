package template

import (
	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

// atEdge is a function for edge locations.
func atEdge(name string, associations ...sparta.EdgeAssociation) *sparta.LambdaAWSInfo {
	return testFunction(name, ownRole(), func(o *sparta.LambdaFunctionOptions) {
		o.Edge, o.EdgeAssociations = true, associations
	})
}

// addDistribution adds a distribution as a hook does.
func addDistribution() *cloudformation.Template {
	template := cloudformation.NewTemplate("")
	behavior := func(more map[string]any) map[string]any {
		more["TargetOriginId"], more["ViewerProtocolPolicy"] = "shop", "redirect-to-https"
		more["CachePolicyId"] = "658327ea-f89d-4fab-a63d-7e88639e58f6"
		return more
	}
	template.Resources["Cdn"] = &cloudformation.Resource{
		Type: "AWS::CloudFront::Distribution",
		Properties: map[string]any{"DistributionConfig": map[string]any{
			"Enabled": true,
			"Origins": []map[string]any{{
				"Id": "shop", "DomainName": "shop.example.com",
				"CustomOriginConfig": map[string]any{
					"OriginProtocolPolicy": "https-only", "OriginSSLProtocols": []string{"TLSv1.2"},
				},
			}},
			"DefaultCacheBehavior": behavior(map[string]any{}),
			"CacheBehaviors":       []map[string]any{behavior(map[string]any{"PathPattern": "/images/*"})},
		}},
	}
	return template
}

// edgeCases are the templates of functions for edge locations, by the names of their files.
func edgeCases() map[string]templateCase {
	ofSite := siteService(&sparta.S3Site{Dir: "public"}, "index.html")
	ofSite.API = nil
	ofSite.Functions = []*sparta.LambdaAWSInfo{
		atEdge("choose", sparta.EdgeAssociation{EventType: "viewer-request"}),
		atEdge("secure",
			sparta.EdgeAssociation{EventType: "viewer-response"},
			sparta.EdgeAssociation{EventType: "viewer-request", PathPattern: "/members/*", IncludeBody: true}),
		atEdge("move",
			sparta.EdgeAssociation{EventType: "origin-request", PathPattern: "/members/*"},
			sparta.EdgeAssociation{EventType: "origin-response", PathPattern: "/docs/*"}),
	}
	return map[string]templateCase{
		"edge-site": {service: ofSite},
		"edge-distribution": {
			service: testService(
				atEdge("secure", sparta.EdgeAssociation{
					EventType: "viewer-response", Distribution: cloudformation.Ref("Cdn"),
				}),
				atEdge("resize", sparta.EdgeAssociation{
					EventType: "origin-response", Distribution: map[string]any{"Ref": "Cdn"}, PathPattern: "/images/*",
				})),
			before: addDistribution,
		},
		"edge-existing": {
			service: testService(
				atEdge("secure",
					sparta.EdgeAssociation{EventType: "viewer-response", Distribution: "EDFDVBD6EXAMPLE"},
					sparta.EdgeAssociation{
						EventType: "viewer-request", Distribution: "EDFDVBD6EXAMPLE", PathPattern: "/api/*",
						IncludeBody: true,
					}),
				atEdge("move", sparta.EdgeAssociation{
					EventType: "origin-request", Distribution: cloudformation.Ref("Cdn"),
				})),
			before: func() *cloudformation.Template {
				id, template := "E1EXAMPLEEXAMPLE", cloudformation.NewTemplate("")
				template.Parameters["Cdn"] = cloudformation.Parameter{Type: "String", Default: &id}
				return template
			},
		},
	}
}
