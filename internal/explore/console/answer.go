package console

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"mime"
	"net/http"
	"net/textproto"
	"slices"
	"strings"
)

// answer is a function's answer to a request of an API or a function URL.
type answer struct {
	Status  int      `json:"status"`
	Headers []header `json:"headers,omitempty"`
	Type    string   `json:"type"` // the media type, without parameters
	Size    int      `json:"size"` // of the body, in bytes
	Text    string   `json:"text,omitempty"`
	Problem string   `json:"problem,omitempty"` // why the API would refuse it

	body        []byte
	contentType string
}

type header struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// newAnswer reports whether a payload is an answer to an API, and reads it.
func newAnswer(payload []byte) (answer, bool) {
	var document struct {
		StatusCode        json.Number         `json:"statusCode"`
		Headers           map[string]any      `json:"headers"`
		MultiValueHeaders map[string][]string `json:"multiValueHeaders"`
		Cookies           []string            `json:"cookies"`
		Body              string              `json:"body"`
		IsBase64Encoded   bool                `json:"isBase64Encoded"`
	}
	const status = `"statusCode"` // most payloads have none, and need not be read, which takes longer
	if len(payload) == 0 || payload[0] != '{' || !bytes.Contains(payload, []byte(status)) ||
		json.Unmarshal(payload, &document) != nil {
		return answer{}, false
	}
	code, err := document.StatusCode.Int64()
	if err != nil || code < 100 || code > 599 {
		return answer{}, false
	}
	a := answer{Status: int(code), body: []byte(document.Body)}
	if document.IsBase64Encoded {
		if a.body, err = base64.StdEncoding.DecodeString(document.Body); err != nil {
			a.Problem = "isBase64Encoded is true, but the body is not base64"
		}
	}
	for name, value := range document.Headers {
		a.add(name, text(value))
	}
	for name, values := range document.MultiValueHeaders {
		for _, value := range values {
			a.add(name, value)
		}
	}
	for _, cookie := range document.Cookies {
		a.add("Set-Cookie", cookie)
	}
	slices.SortStableFunc(a.Headers, func(a, b header) int { return strings.Compare(a.Name, b.Name) })
	a.Size = len(a.body)
	a.Type, _, err = mime.ParseMediaType(a.contentType)
	if err != nil {
		a.Type, _, _ = mime.ParseMediaType(http.DetectContentType(a.body))
	}
	return a, true
}

func (a *answer) add(name, value string) {
	if strings.EqualFold(name, "Content-Type") {
		a.contentType = value
	}
	a.Headers = append(a.Headers, header{textproto.CanonicalMIMEHeaderKey(name), value})
}

// text returns the text of a header's value, which may also be a number or a boolean.
func text(value any) string {
	if text, isText := value.(string); isText {
		return text
	}
	encoded, _ := json.Marshal(value) // it has been decoded from JSON
	return string(encoded)
}

// body serves the body of an answer as a document of its own, in which nothing runs and which loads nothing.
func (c *Console) body(w http.ResponseWriter, r *http.Request) {
	entry, found := c.options.History.Get(r.PathValue("id"))
	var a answer
	if found && entry.Request != nil {
		a, found = newAnswer(entry.Request.Payload)
	}
	if !found || entry.Request == nil {
		http.Error(w, "the request has no answer of HTTP", http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Security-Policy", "sandbox; default-src 'none'; style-src 'unsafe-inline'; "+
		"img-src data:; media-src data:; font-src data:; frame-ancestors 'self'")
	contentType := a.contentType
	if contentType == "" {
		contentType = a.Type
	}
	w.Header().Set("Content-Type", contentType)
	_, _ = w.Write(a.body)
}
