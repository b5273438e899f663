package cloudfront

import (
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"unicode/utf8"
)

// Encodings of bodies, and what CloudFront does with the body of a request.
const (
	Text     = "text"
	Base64   = "base64"
	ReadOnly = "read-only" // CloudFront sends the viewer's body to the origin
	Replace  = "replace"   // it sends Data
)

// Body is the body of a request. Only functions that are associated with IncludeBody see it.
type Body struct {
	// InputTruncated reports whether the viewer's body is longer than Data.
	InputTruncated bool
	Action         string // ReadOnly or Replace
	Encoding       string // of Data: Base64 or Text
	Data           string

	object object
	before string // Data as received
}

func (b *Body) fields() []field {
	return []field{
		{"inputTruncated", &b.InputTruncated},
		{"action", &b.Action},
		{"encoding", &b.Encoding},
		{"data", &b.Data},
	}
}

// UnmarshalJSON reads the body of a request in an event.
func (b *Body) UnmarshalJSON(text []byte) error { return b.read(slices.Clone(text)) }

func (b *Body) read(text []byte) error {
	err := b.object.read(text, b.fields()...)
	b.before = b.Data
	return err
}

// MarshalJSON writes the body for CloudFront.
func (b *Body) MarshalJSON() ([]byte, error) { return b.object.encode(b.fields()...) }

// Bytes returns the decoded body.
func (b *Body) Bytes() ([]byte, error) {
	if b.Encoding != Base64 {
		return []byte(b.Data), nil
	}
	data, err := base64.StdEncoding.DecodeString(b.Data)
	if err != nil {
		return nil, fmt.Errorf("decode the request's body: %w", err)
	}
	return data, nil
}

// Replace replaces the body of the request.
func (b *Body) Replace(data []byte) {
	b.Action = Replace
	b.Data, b.Encoding = encodeBody(data)
}

// encodeBody returns data that is text as it is, and other data in base64.
func encodeBody(data []byte) (text, encoding string) {
	if utf8.Valid(data) {
		return string(data), Text
	}
	return base64.StdEncoding.EncodeToString(data), Base64
}

// check returns an error if CloudFront would not accept the body of a request.
func (b *Body) check(event EventType) error {
	switch {
	case b == nil:
		return nil
	case b.Action != Replace && b.Data != b.before:
		return fmt.Errorf("body of the request has other Data, but the Action %q, with which CloudFront ignores it: "+
			"use Replace, which sets both", b.Action)
	case b.Action != "" && b.Action != ReadOnly && b.Action != Replace:
		return fmt.Errorf("body of the request has the Action %q: use %s or %s", b.Action, ReadOnly, Replace)
	case b.Action != Replace:
		return nil
	case b.Encoding == Base64:
		return checkBody(b.Data, event, event.maxEncodedSize())
	case b.Encoding != Text:
		return fmt.Errorf("body has the encoding %q: use %s or %s", b.Encoding, Text, Base64)
	case !utf8.ValidString(b.Data):
		return errors.New("body of the request is not UTF-8: use Replace, which encodes it")
	case len(b.Data) > event.maxSize():
		return fmt.Errorf("body of %d bytes is too large: CloudFront allows %d in %s events", len(b.Data),
			event.maxSize(), event)
	}
	return nil
}

// checkBody checks data in base64.
func checkBody(data string, event EventType, limit int) error {
	if len(data) > limit {
		return fmt.Errorf("body of %d bytes in base64 is too large: CloudFront allows %d in %s events", len(data),
			limit, event)
	}
	if _, err := base64.StdEncoding.DecodeString(data); err != nil {
		return fmt.Errorf("body is not valid base64: %w", err)
	}
	return nil
}
