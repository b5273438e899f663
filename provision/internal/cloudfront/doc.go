// Package cloudfront makes the requests to CloudFront that deployments need. It makes them itself: for these few, the
// AWS SDK's package would be a dependency of every user's module.
package cloudfront
