package sparta

import (
	"encoding/json"
	"fmt"
	"mime"
	"net/http"
	"strings"
	"unicode/utf8"

	"github.com/go-sparta/sparta/internal/httpevent"
	"github.com/go-sparta/sparta/internal/plainjson"
)

// result is what the function returns: a JSON body unchanged, any other text as a JSON string, or an
// *HTTPError for a status of 400 or above.
func result(r *httpevent.Recorder) ([]byte, error) {
	r.WriteHeader(http.StatusOK)
	body := r.Body.Bytes()
	switch {
	case r.Status < 100 || r.Status > 999:
		return nil, fmt.Errorf("handler wrote the status %d, which is invalid: use 200 to 599", r.Status)
	case r.Status >= 400:
		return nil, httpError(r)
	case !utf8.Valid(body):
		return nil, errNotUTF8(len(body))
	case !isJSON(r.Sent.Get("Content-Type")):
		return plainjson.Marshal(string(body))
	case len(body) == 0:
		return nil, fmt.Errorf("response has Content-Type %s but is empty: write a JSON document, for example null",
			r.Sent.Get("Content-Type"))
	case !json.Valid(body):
		return nil, fmt.Errorf("response has Content-Type %s but is not valid JSON: %w",
			r.Sent.Get("Content-Type"), json.Unmarshal(body, new(json.RawMessage)))
	}
	return body, nil
}

func httpError(r *httpevent.Recorder) *HTTPError {
	failure := &HTTPError{
		Code:    r.Status,
		Status:  http.StatusText(r.Status),
		Headers: r.Sent,
		Message: r.Body.String(),
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
