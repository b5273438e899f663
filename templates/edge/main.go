// A website, and a function that CloudFront runs near its viewers.
package main

import (
	"context"
	"log"

	"github.com/go-sparta/sparta/cgo"
	"github.com/go-sparta/sparta/cloudfront"
	"github.com/go-sparta/sparta/sparta"
)

// moved has the new paths of pages.
var moved = map[string]string{
	"/old.html": "/",
}

// redirect answers requests for pages that have moved. CloudFront caches the answers, so the function runs only for
// the first request at each of its caches.
func redirect(_ context.Context, event cloudfront.OriginRequestEvent) (cloudfront.RequestResult, error) {
	target, ok := moved[event.Request.URI]
	if !ok {
		return event.Request, nil
	}
	response := event.NewResponse(301)
	if err := response.Headers.Set("Location", target); err != nil {
		return nil, err
	}
	if err := response.Headers.Set("Cache-Control", "max-age=3600"); err != nil {
		return nil, err
	}
	return response, nil
}

func main() {
	function := sparta.HandleAWSLambda("redirect", redirect, sparta.IAMRoleDefinition{})
	function.Options.Edge = true
	function.Options.Timeout = 5
	function.Options.EdgeAssociations = []sparta.EdgeAssociation{{EventType: cloudfront.OriginRequest}}
	site := &sparta.S3Site{Dir: "public"}
	err := cgo.Main("my-service", "A website with Go at edge locations", []*sparta.LambdaAWSInfo{function}, nil, site)
	if err != nil {
		log.Fatal(err)
	}
}
