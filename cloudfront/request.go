package cloudfront

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// RequestResult is what a function for viewer-request and origin-request events returns: a *Request or a *Response.
type RequestResult interface{ requestResult() }

func (*Request) requestResult()  {}
func (*Response) requestResult() {}

// Request is a request of a viewer. Functions for response events can only read it.
type Request struct {
	ClientIP    string // of the viewer or its proxy; read-only
	Method      string // read-only
	URI         string // the path
	QueryString string // as the viewer sent it, without a question mark
	Headers     Headers
	Body        *Body   // nil unless the function is associated with IncludeBody
	Origin      *Origin // nil in viewer events

	object object
	event  EventType
	before struct{ clientIP, method, uri, query string } // as received
}

func (r *Request) fields() []field {
	return []field{
		{"clientIp", &r.ClientIP},
		{"method", &r.Method},
		{"uri", &r.URI},
		{"querystring", &r.QueryString},
		{"headers", &r.Headers},
		{"body", &r.Body},
		{"origin", &r.Origin},
	}
}

// UnmarshalJSON reads the request in an event.
func (r *Request) UnmarshalJSON(text []byte) error { return r.read(slices.Clone(text)) }

func (r *Request) read(text []byte) error {
	if err := r.object.read(text, r.fields()...); err != nil {
		return err
	}
	r.before.clientIP, r.before.method, r.before.uri, r.before.query = r.ClientIP, r.Method, r.URI, r.QueryString
	return nil
}

// MarshalJSON writes the request for CloudFront. It returns the error of Validate.
func (r *Request) MarshalJSON() ([]byte, error) {
	if err := r.Validate(); err != nil {
		return nil, err
	}
	return r.object.encode(r.fields()...)
}

// Validate returns an error if CloudFront would not accept the request.
func (r *Request) Validate() error {
	return errors.Join(r.checkReadOnly(), r.checkURI(), r.checkQuery(), r.checkLength(), r.Body.check(r.event),
		r.checkOrigin(), r.Headers.checkKept(r.event), r.checkAdded())
}

func (r *Request) checkReadOnly() error {
	if r.event == "" {
		return nil
	}
	for _, value := range []struct{ name, before, now string }{
		{"ClientIP", r.before.clientIP, r.ClientIP},
		{"Method", r.before.method, r.Method},
	} {
		if value.now != value.before {
			return fmt.Errorf("%s of the request is read-only: leave it as %q", value.name, value.before)
		}
	}
	return nil
}

func (r *Request) checkURI() error {
	switch {
	case r.URI == r.before.uri:
	case !strings.HasPrefix(r.URI, "/"):
		return fmt.Errorf("URI %q of the request does not begin with a slash: add it", r.URI)
	case hasControl(r.URI) || !utf8.ValidString(r.URI):
		return fmt.Errorf("URI %q of the request has a control character, or is not UTF-8: percent-encode it", r.URI)
	}
	return nil
}

func (r *Request) checkQuery() error {
	invalid := func(c rune) bool { return c <= ' ' || c == 0x7f || c == '#' }
	switch {
	case r.QueryString == r.before.query:
	case strings.ContainsFunc(r.QueryString, invalid):
		return fmt.Errorf("query string %q of the request has a space, a control character or #: "+
			"percent-encode it", r.QueryString)
	case !utf8.ValidString(r.QueryString):
		return fmt.Errorf("query string %q of the request is not UTF-8: percent-encode it", r.QueryString)
	}
	return nil
}

func (r *Request) checkLength() error {
	length := utf8.RuneCountInString(r.URI) + utf8.RuneCountInString(r.QueryString)
	if length > MaxURI && (r.URI != r.before.uri || r.QueryString != r.before.query) {
		return fmt.Errorf("URI and query string of the request have %d characters: CloudFront allows %d", length,
			MaxURI)
	}
	return nil
}

func (r *Request) checkOrigin() error {
	if r.Origin != nil && r.event == ViewerRequest {
		return fmt.Errorf("an Origin has no effect in %s events: associate the function with %s to set it",
			ViewerRequest, OriginRequest)
	}
	return r.Origin.check()
}

// checkAdded returns an error if a header of the request is one of the origin's too.
func (r *Request) checkAdded() error {
	added := r.Origin.headers()
	if added == nil {
		return nil
	}
	for _, name := range added.Names() {
		if len(r.Headers.Values(name)) > 0 {
			return fmt.Errorf("header %s is both a header of the request and one that the origin adds: "+
				"remove one of them", name)
		}
	}
	return nil
}

// bind lets the request know the event that it belongs to.
func (r *Request) bind(event EventType) {
	r.event, r.Headers.event = event, event
	if headers := r.Origin.headers(); headers != nil {
		headers.event = event
	}
}
