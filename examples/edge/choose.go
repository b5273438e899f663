package main

import (
	"context"
	"hash/fnv"
	"strings"

	"github.com/go-sparta/sparta/cloudfront"
)

const groupCookie = "group"

// choose shows viewers of the front page the version of their group. Each version has a path, and is cached by it.
func choose(_ context.Context, event cloudfront.ViewerRequestEvent) (cloudfront.RequestResult, error) {
	request := event.Request
	switch {
	case request.URI == "/":
		request.URI = "/" + group(request) + "/index.html"
	case strings.HasSuffix(request.URI, "/"):
		request.URI += "index.html" // as the site's own function does, which CloudFront does not run beside this one
	}
	return request, nil
}

// group is a or b: that of the cookie or, for new viewers, one that stays the same until they have the cookie.
func group(request *cloudfront.Request) string {
	if name, _ := request.Headers.Cookie(groupCookie); name == "a" || name == "b" {
		return name
	}
	hash := fnv.New32a()
	hash.Write([]byte(request.ClientIP + request.Headers.Get("User-Agent")))
	if hash.Sum32()%2 == 0 {
		return "a"
	}
	return "b"
}
