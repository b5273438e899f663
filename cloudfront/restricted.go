package cloudfront

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// ErrDisallowed is in errors about headers that functions can neither see nor add.
var ErrDisallowed = errors.New("CloudFront does not allow functions to add it")

// ErrReadOnly is in errors about headers that functions can read, but not add, change or delete.
var ErrReadOnly = errors.New("it is read-only")

// The lists are those of "Restrictions on all edge functions" in the Amazon CloudFront Developer Guide (November 2026).
const (
	disallowedHeaders = " connection expect keep-alive proxy-authenticate proxy-authorization proxy-connection " +
		"trailer upgrade x-accel-buffering x-accel-charset x-accel-limit-rate x-accel-redirect x-amzn-auth " +
		"x-amzn-cf-billing x-amzn-cf-id x-amzn-cf-xff x-amzn-errortype x-amzn-fle-profile x-amzn-header-count " +
		"x-amzn-header-order x-amzn-lambda-integration-tag x-amzn-requestid x-cache x-forwarded-proto x-real-ip "
	viewerRequestHeaders = " cdn-loop content-length host transfer-encoding via "
	originRequestHeaders = " accept-encoding cdn-loop content-length if-modified-since if-none-match if-range " +
		"if-unmodified-since transfer-encoding via "
	originResponseHeaders = " transfer-encoding via "
	viewerResponseHeaders = " content-encoding content-length transfer-encoding via warning "
)

// readOnly are the headers that functions for a type of event can only read.
func (t EventType) readOnly() string {
	switch t {
	case ViewerRequest:
		return viewerRequestHeaders
	case OriginRequest:
		return originRequestHeaders
	case OriginResponse:
		return originResponseHeaders
	case ViewerResponse:
		return viewerResponseHeaders
	}
	return " "
}

// check returns an error if functions for the type of event may not change a header.
func (t EventType) check(name string) error {
	lower := strings.ToLower(name)
	listed := func(list string) bool { return strings.Contains(list, " "+lower+" ") }
	switch {
	case !isToken(lower):
		return fmt.Errorf("header name %q is invalid: use letters, digits and hyphens", name)
	case listed(disallowedHeaders), strings.HasPrefix(lower, "x-amz-cf-"), strings.HasPrefix(lower, "x-edge-"):
		return fmt.Errorf("header %s: %w", name, ErrDisallowed)
	case t == ViewerRequest && lower == "cloudfront-viewer-country":
		return fmt.Errorf("header %s in %s events: %w", name, t, ErrDisallowed)
	case listed(t.readOnly()):
		return fmt.Errorf("header %s in %s events: %w", name, t, ErrReadOnly)
	}
	return nil
}

// isToken reports whether a text can be a header's name in HTTP.
func isToken(text string) bool {
	const others = "!#$%&'*+-.^_`|~"
	return text != "" && !strings.ContainsFunc(text, func(r rune) bool {
		letter, digit := r|0x20 >= 'a' && r|0x20 <= 'z', r >= '0' && r <= '9'
		return r >= 0x80 || !letter && !digit && !strings.ContainsRune(others, r)
	})
}

// checkValue returns an error if a header cannot have the value.
func checkValue(name, value string) error {
	switch {
	case hasControl(value):
		return fmt.Errorf("header %s: value %q has a control character: remove it", name, value)
	case !utf8.ValidString(value):
		return fmt.Errorf("header %s: value %q is not UTF-8: encode it", name, value)
	}
	return nil
}

// hasControl reports whether a text has a control character other than a tab.
func hasControl(text string) bool {
	return slices.ContainsFunc([]byte(text), func(b byte) bool { return b < ' ' && b != '\t' || b == 0x7f })
}
