// Package cloudfront has the events that CloudFront sends to functions at its edge locations (Lambda@Edge), and what
// such functions return. A handler is an ordinary function for lambda.Start. For viewer-request and origin-request
// events it returns the request, which CloudFront then continues with, or a response, which it sends to the viewer:
//
//	func handle(ctx context.Context, event cloudfront.ViewerRequestEvent) (cloudfront.RequestResult, error)
//
// For origin-response and viewer-response events it returns the response:
//
//	func handle(ctx context.Context, event cloudfront.ViewerResponseEvent) (*cloudfront.Response, error)
//
// CloudFront answers the viewer with status 502 if a function returns something that it does not allow, and only its
// metrics say so. Here, methods of Headers return an error for such headers, and the remaining rules are checked when
// a result is encoded, so that the function's log has the reason. What this package does not know of an event is
// returned as it was received, and so are values that the handler does not change, byte for byte.
//
// The restrictions are those of "Restrictions on all edge functions", "Restrictions on Lambda@Edge" and "Quotas on
// Lambda@Edge" in the Amazon CloudFront Developer Guide, as of November 2026.
package cloudfront
