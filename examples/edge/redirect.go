package main

import (
	"context"
	"strings"

	"github.com/go-sparta/sparta/cloudfront"
)

// moved has new paths by old prefixes.
var moved = map[string]string{
	"/blog/": "/articles/",
	"/shop/": "/a/",
}

// redirect answers requests for what has moved. CloudFront caches the answers, so that the function runs only for the
// first of them at each of its caches.
func redirect(_ context.Context, event cloudfront.OriginRequestEvent) (cloudfront.RequestResult, error) {
	request := event.Request
	for old, replacement := range moved {
		rest, ok := strings.CutPrefix(request.URI, old)
		if !ok {
			continue
		}
		target := replacement + rest
		if request.QueryString != "" {
			target += "?" + request.QueryString
		}
		response := event.NewResponse(301)
		err := response.Headers.Set("Location", target)
		if err == nil {
			err = response.Headers.Set("Cache-Control", "max-age=3600")
		}
		return response, err
	}
	return request, nil
}
