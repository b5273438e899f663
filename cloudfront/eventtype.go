package cloudfront

import "fmt"

// EventType is the type of an event: when CloudFront invokes the function.
type EventType string

// The types of events. The constants are also texts, for example for EventType of sparta.EdgeAssociation.
const (
	ViewerRequest  = "viewer-request"  // before CloudFront looks into its cache
	OriginRequest  = "origin-request"  // before it sends a request to the origin
	OriginResponse = "origin-response" // before it stores the origin's response in its cache
	ViewerResponse = "viewer-response" // before it sends a response to the viewer
)

// Limits of CloudFront, from "Quotas on Lambda@Edge" and "Restrictions on Lambda@Edge" (November 2026).
const (
	MaxViewerSize = 40 << 10 // of bodies and generated responses in viewer events, in bytes
	MaxOriginSize = 1 << 20  // of bodies and generated responses in origin events, in bytes
	MaxURI        = 8191     // of a URI together with its query string, in characters
)

// maxSize is the largest size of a response that a function generates, with its headers, and of a body with which it
// replaces that of a request, in bytes.
func (t EventType) maxSize() int {
	if t == ViewerRequest || t == ViewerResponse {
		return MaxViewerSize
	}
	return MaxOriginSize
}

// maxEncodedSize is the largest size of a request's new body in base64. CloudFront's guide has it as 53.2 KB and 1.33
// MB.
func (t EventType) maxEncodedSize() int { return t.maxSize() * 133 / 100 }

// expect returns an error if an event is not of the type that its function handles.
func (t EventType) expect(want EventType) error {
	if t != want {
		return fmt.Errorf("CloudFront sent an event of type %q to a function for %s events: associate it with %s, "+
			"or change the type of the handler's event", t, want, want)
	}
	return nil
}
