package cloudfront

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"unicode/utf8"
)

// Response is a response that CloudFront has, or one that a function generates.
type Response struct {
	Status            int    // 200 to 599; read-only in viewer-response events
	StatusDescription string // for example Not Found; optional
	Headers           Headers
	// Body is the body of a generated response. CloudFront does not send the body that it has in events: nil leaves
	// that as it is, and other values replace it.
	Body         *string
	BodyEncoding string // Text or Base64; empty means Text

	object object
	event  EventType
	before struct { // as received; zero if the function has generated the response
		status      int
		description string
	}
}

// status is a status as CloudFront encodes it: text.
type status int

// UnmarshalJSON reads a status, as text or as a number.
func (s *status) UnmarshalJSON(text []byte) error { return s.read(text) }

func (s *status) read(text []byte) error {
	var digits json.Number
	if err := json.Unmarshal(text, &digits); err != nil {
		return err
	}
	number, err := strconv.Atoi(digits.String())
	*s = status(number)
	return err
}

// MarshalJSON writes the status as text.
func (s *status) MarshalJSON() ([]byte, error) { return json.Marshal(strconv.Itoa(int(*s))) }

func (r *Response) fields() []field {
	return []field{
		{"status", (*status)(&r.Status)},
		{"statusDescription", &r.StatusDescription},
		{"headers", &r.Headers},
		{"body", &r.Body},
		{"bodyEncoding", &r.BodyEncoding},
	}
}

// UnmarshalJSON reads the response in an event.
func (r *Response) UnmarshalJSON(text []byte) error { return r.read(slices.Clone(text)) }

func (r *Response) read(text []byte) error {
	err := r.object.read(text, r.fields()...)
	r.before.status, r.before.description = r.Status, r.StatusDescription
	return err
}

// MarshalJSON writes the response for CloudFront. It returns the error of Validate.
func (r *Response) MarshalJSON() ([]byte, error) {
	if err := r.Validate(); err != nil {
		return nil, err
	}
	return r.object.encode(r.fields()...)
}

// SetText gives the response a body that is text.
func (r *Response) SetText(text string) { r.Body, r.BodyEncoding = &text, Text }

// SetBody gives the response a body. It is encoded in base64 if it is not text.
func (r *Response) SetBody(data []byte) {
	text, encoding := encodeBody(data)
	r.Body, r.BodyEncoding = &text, encoding
}

// Bytes returns the decoded body that the function has given to the response.
func (r *Response) Bytes() ([]byte, error) {
	switch {
	case r.Body == nil:
		return nil, nil
	case r.BodyEncoding == Base64:
		return base64.StdEncoding.DecodeString(*r.Body)
	}
	return []byte(*r.Body), nil
}

// Validate returns an error if CloudFront would not accept the response.
func (r *Response) Validate() error {
	return errors.Join(r.checkStatus(), r.checkHeaders(), r.checkBody(), r.checkSize())
}

func (r *Response) checkStatus() error {
	switch {
	case r.event == ViewerResponse && r.Status != r.before.status:
		return fmt.Errorf("status of the response is %d: in %s events it is read-only, so leave it as %d", r.Status,
			r.event, r.before.status)
	case (r.Status < 200 || r.Status > 599) && r.Status != r.before.status, r.Status == 0:
		return fmt.Errorf("status of the response is %d: use 200 to 599", r.Status)
	case r.StatusDescription != r.before.description && hasControl(r.StatusDescription):
		return fmt.Errorf("StatusDescription %q of the response has a control character: remove it",
			r.StatusDescription)
	}
	return nil
}

func (r *Response) checkHeaders() error {
	switch {
	case r.event == "" || r.Headers.event == r.event:
		return nil
	case r.before.status != 0:
		return r.Headers.checkKept(r.event)
	}
	return r.Headers.checkAll(r.event)
}

func (r *Response) checkBody() error {
	const noContent = 204
	switch {
	case r.Body == nil:
		return nil
	case r.Status == noContent && *r.Body != "":
		return fmt.Errorf("response with status %d has a body: remove it, or use another status", noContent)
	case r.BodyEncoding == Base64:
		return checkBody(*r.Body, r.event, len(*r.Body)) // checkSize has the limit
	case r.BodyEncoding != "" && r.BodyEncoding != Text:
		return fmt.Errorf("body has the encoding %q: use %s or %s", r.BodyEncoding, Text, Base64)
	case !utf8.ValidString(*r.Body):
		return errors.New("body of the response is not UTF-8: use SetBody, which encodes it")
	}
	return nil
}

// checkSize checks the size of a generated response. It counts the body as it is encoded.
func (r *Response) checkSize() error {
	if r.Body == nil && r.before.status != 0 {
		return nil
	}
	size := r.Headers.size()
	if r.Body != nil {
		size += len(*r.Body)
	}
	if limit := r.event.maxSize(); size > limit {
		return fmt.Errorf("response of %d bytes, with its headers, is too large: CloudFront allows %d in %s events",
			size, limit, r.event)
	}
	return nil
}
