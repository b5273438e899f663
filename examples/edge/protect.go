package main

import (
	"context"

	"github.com/go-sparta/sparta/cloudfront"
)

// protect sets headers of all responses, and the cookie with the group of new viewers.
func protect(_ context.Context, event cloudfront.ViewerResponseEvent) (*cloudfront.Response, error) {
	response := event.Response
	for name, value := range map[string]string{
		"Strict-Transport-Security": "max-age=63072000; includeSubDomains",
		"Content-Security-Policy":   "default-src 'self'",
		"X-Content-Type-Options":    "nosniff",
		"Referrer-Policy":           "same-origin",
	} {
		if err := response.Headers.Set(name, value); err != nil {
			return nil, err
		}
	}
	if err := response.Headers.Del("Server"); err != nil {
		return nil, err
	}
	if _, known := event.Request.Headers.Cookie(groupCookie); known {
		return response, nil
	}
	err := response.Headers.Add("Set-Cookie", groupCookie+"="+group(event.Request)+"; Path=/; Max-Age=2592000; Secure")
	return response, err
}
