package httpevent

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"strings"
	"unicode/utf8"

	"github.com/go-sparta/sparta/internal/plainjson"
)

// response is the document that the service that sent the event turns into an HTTP response.
type response struct {
	StatusCode        int                 `json:"statusCode"`
	StatusDescription string              `json:"statusDescription,omitempty"`
	Headers           map[string]string   `json:"headers,omitempty"`
	MultiValueHeaders map[string][]string `json:"multiValueHeaders,omitempty"`
	Cookies           []string            `json:"cookies,omitempty"`
	Body              string              `json:"body"`
	IsBase64Encoded   bool                `json:"isBase64Encoded"`
}

// document renders what a handler has written for the kind of event that it answers.
func (e event) document(k kind, r *Recorder) ([]byte, error) {
	r.WriteHeader(http.StatusOK)
	if r.Status < 200 || r.Status > 599 {
		return nil, fmt.Errorf("handler wrote the status %d, which is invalid: use 200 to 599", r.Status)
	}
	header, body := r.Sent, r.Body.Bytes()
	if _, given := header["Content-Type"]; !given && len(body) > 0 {
		header.Set("Content-Type", http.DetectContentType(body)) // as a server does
	}
	rendered := response{StatusCode: r.Status}
	if e.method(k) != http.MethodHead {
		rendered.Body, rendered.IsBase64Encoded = text(header, body)
	}
	switch {
	case k == version2:
		rendered.Cookies = header.Values("Set-Cookie")
		header.Del("Set-Cookie")
		rendered.Headers = joined(header)
	case k == balancer && e.MultiValueHeaders == nil: // the target group has no multi-value headers
		rendered.Headers = joined(header)
	default:
		rendered.MultiValueHeaders = header
	}
	if k == balancer {
		rendered.StatusDescription = fmt.Sprintf("%d %s", r.Status, http.StatusText(r.Status))
	}
	return plainjson.Marshal(rendered)
}

func (e event) method(k kind) string {
	if k == version2 {
		return e.RequestContext.HTTP.Method
	}
	return e.HTTPMethod
}

// text returns a body as JSON can hold it: base64 if it is not text.
func text(header http.Header, body []byte) (encoded string, isBase64 bool) {
	if header.Get("Content-Encoding") == "" && utf8.Valid(body) {
		return string(body), false
	}
	return base64.StdEncoding.EncodeToString(body), true
}

// joined returns a header with a single value for each name.
func joined(header http.Header) map[string]string {
	single := map[string]string{}
	for name, values := range header {
		single[name] = strings.Join(values, ", ")
	}
	return single
}
