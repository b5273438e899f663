package sparta

import (
	"bytes"
	"encoding/json"
	"fmt"
	"mime"
	"net/http"
	"strings"
	"unicode/utf8"

	"github.com/go-sparta/sparta/internal/plainjson"
)

// response is an http.ResponseWriter that keeps what a handler writes.
type response struct {
	header http.Header
	sent   http.Header // header as it was when the status was written
	status int
	body   bytes.Buffer
}

func newResponse() *response {
	return &response{header: http.Header{}}
}

func (r *response) Header() http.Header { return r.header }

// WriteHeader keeps the first final status, as net/http does.
func (r *response) WriteHeader(status int) {
	informational := status >= 100 && status < 200 && status != http.StatusSwitchingProtocols
	if r.sent != nil || informational {
		return
	}
	r.status = status
	r.sent = r.header.Clone()
}

func (r *response) Write(data []byte) (int, error) {
	r.WriteHeader(http.StatusOK)
	return r.body.Write(data)
}

func (r *response) WriteString(data string) (int, error) {
	r.WriteHeader(http.StatusOK)
	return r.body.WriteString(data)
}

// Flush exists for handlers that require an http.Flusher.
func (r *response) Flush() { r.WriteHeader(http.StatusOK) }

// result returns what the function returns: a JSON body unchanged, any other text as a JSON string, or an
// *HTTPError for a status of 400 or above.
func (r *response) result() ([]byte, error) {
	r.WriteHeader(http.StatusOK)
	body := r.body.Bytes()
	switch {
	case r.status < 100 || r.status > 999:
		return nil, fmt.Errorf("handler wrote the status %d, which is invalid: use 200 to 599", r.status)
	case r.status >= 400:
		return nil, r.httpError()
	case !utf8.Valid(body):
		return nil, errNotUTF8(len(body))
	case !isJSON(r.sent.Get("Content-Type")):
		return plainjson.Marshal(string(body))
	case len(body) == 0:
		return nil, fmt.Errorf("response has Content-Type %s but is empty: write a JSON document, for example null",
			r.sent.Get("Content-Type"))
	case !json.Valid(body):
		return nil, fmt.Errorf("response has Content-Type %s but is not valid JSON: %w",
			r.sent.Get("Content-Type"), json.Unmarshal(body, new(json.RawMessage)))
	}
	return body, nil
}

func (r *response) httpError() *HTTPError {
	failure := &HTTPError{
		Code:    r.status,
		Status:  http.StatusText(r.status),
		Headers: r.sent,
		Message: r.body.String(),
	}
	if !utf8.ValidString(failure.Message) {
		failure.Message = errNotUTF8(len(failure.Message)).Error()
	}
	return failure
}

func errNotUTF8(size int) error {
	return fmt.Errorf("response of %d bytes is not UTF-8 text: encode binary data as base64", size)
}

func isJSON(contentType string) bool {
	// With a malformed parameter, the media type is still returned; only that matters.
	mediaType, _, _ := mime.ParseMediaType(contentType)
	return mediaType == "application/json" || strings.HasSuffix(mediaType, "+json")
}
