// Edgeexisting sends requests for images to a bucket near the viewer. Nothing in it refers to Python.
package main

import (
	"context"
	"strings"

	"github.com/aws/aws-lambda-go/lambda"

	"github.com/go-sparta/sparta/cloudfront"
)

// buckets have the same images, by the country of the viewer. The distribution's policy for requests to the origin must
// have the header CloudFront-Viewer-Country.
var buckets = map[string]string{
	"DE": "images-eu-central-1",
	"FR": "images-eu-central-1",
	"JP": "images-ap-northeast-1",
}

func route(_ context.Context, event cloudfront.OriginRequestEvent) (cloudfront.RequestResult, error) {
	request := event.Request
	bucket, near := buckets[request.Headers.Get("CloudFront-Viewer-Country")]
	if !near || !strings.HasPrefix(request.URI, "/images/") {
		return request, nil
	}
	if strings.HasSuffix(request.URI, "/") {
		response := event.NewResponse(403)
		response.SetText("Folders are not listed.\n")
		return response, response.Headers.Set("Content-Type", "text/plain; charset=utf-8")
	}
	region := strings.TrimPrefix(bucket, "images-")
	domain := bucket + ".s3." + region + ".amazonaws.com"
	request.Origin = &cloudfront.Origin{S3: &cloudfront.S3Origin{
		AuthMethod: "none", DomainName: domain, Region: region,
	}}
	return request, request.Headers.Set("Host", domain)
}

func main() { lambda.Start(route) }
