// Edge is a website whose distribution runs Go at CloudFront's edge locations.
package main

import (
	"github.com/go-sparta/sparta/cgo"
	"github.com/go-sparta/sparta/cloudfront"
	"github.com/go-sparta/sparta/sparta"
)

func main() {
	site := &sparta.S3Site{Dir: "public"}
	cgo.Main("SpartaEdge", "A website with Go at edge locations", []*sparta.LambdaAWSInfo{
		// One of two front pages, by a cookie.
		atEdge("choose", choose, sparta.EdgeAssociation{EventType: cloudfront.ViewerRequest}),
		// Signed cookies for a part of the site.
		atEdge("admit", admit, sparta.EdgeAssociation{
			EventType: cloudfront.ViewerRequest, PathPattern: "/members/*",
		}),
		// Redirects, which CloudFront caches.
		atEdge("redirect", redirect, sparta.EdgeAssociation{EventType: cloudfront.OriginRequest}),
		// A policy for the headers of all responses.
		atEdge("protect", protect,
			sparta.EdgeAssociation{EventType: cloudfront.ViewerResponse},
			sparta.EdgeAssociation{EventType: cloudfront.ViewerResponse, PathPattern: "/members/*"}),
	}, nil, site)
}

// atEdge makes a function that a distribution runs.
func atEdge(name string, handler any, associations ...sparta.EdgeAssociation) *sparta.LambdaAWSInfo {
	function := sparta.HandleAWSLambda(name, handler, sparta.IAMRoleDefinition{})
	function.Options = &sparta.LambdaFunctionOptions{Edge: true, EdgeAssociations: associations, Timeout: 5}
	return function
}
