package gateway

import (
	"context"
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"net/http"
	"os"
	"strings"
	"unicode/utf8"
)

// maxBody is Lambda's limit for an event, in bytes. API Gateway itself accepts 10 MB.
const maxBody = 6 << 20

var errTooLarge = errors.New("the request's body is larger than a function's event can be")

// deliver invokes a function. It returns errTooLarge for an event over Lambda's limit: one whose body is base64 is
// larger than its request.
func (g *Gateway) deliver(ctx context.Context, function string, event []byte) ([]byte, error) {
	if len(event) > maxBody {
		return nil, errTooLarge
	}
	return g.Invoke(ctx, function, event)
}

// readBody returns the body of a request, or false if the client has gone, is too slow or sends a body that is too
// large, which it answers with refusal.
func readBody(w http.ResponseWriter, r *http.Request, refusal string) ([]byte, bool) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	switch {
	case errors.As(err, new(*http.MaxBytesError)):
		writeMessage(w, http.StatusRequestEntityTooLarge, refusal)
	case errors.Is(err, os.ErrDeadlineExceeded):
		writeMessage(w, http.StatusRequestTimeout, "Request Timeout")
	}
	return body, err == nil
}

// asText returns a body as events of version 2.0 have it: in base64 unless its type is one of text.
func asText(body []byte, contentType string) (text string, isBase64 bool) {
	if isText(contentType) && utf8.Valid(body) {
		return string(body), false
	}
	return encoded(body), true
}

func isText(contentType string) bool {
	mediaType, _, _ := mime.ParseMediaType(contentType)
	switch mediaType {
	case "application/json", "application/javascript", "application/xml":
		return true
	}
	return strings.HasPrefix(mediaType, "text/") || strings.HasSuffix(mediaType, "+json") ||
		strings.HasSuffix(mediaType, "+xml")
}

func encoded(body []byte) string { return base64.StdEncoding.EncodeToString(body) }
