package gateway

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"github.com/aws/aws-lambda-go/events"
)

// writeVersion2 writes what a function returns to an HTTP API or a function URL: a document with a status, or anything
// else, which is the body. It writes nothing and returns an error if the service would refuse the response.
func writeVersion2(w http.ResponseWriter, document []byte) error {
	var probe map[string]json.RawMessage
	if err := json.Unmarshal(document, &probe); err != nil || probe["statusCode"] == nil {
		w.Header().Set("Content-Type", "application/json")
		var text string
		if json.Unmarshal(document, &text) == nil {
			document = []byte(text)
		}
		_, _ = w.Write(document)
		return nil
	}
	var response events.APIGatewayV2HTTPResponse
	if err := json.Unmarshal(document, &response); err != nil {
		return fmt.Errorf("read the function's response: %w", err)
	}
	body, err := decoded(response.Body, response.IsBase64Encoded)
	if err != nil {
		return err
	}
	if response.StatusCode < 100 || response.StatusCode > 599 {
		return fmt.Errorf("the function's response has the status %d: use 200 to 599", response.StatusCode)
	}
	header := w.Header()
	for name, value := range response.Headers {
		header.Set(name, value)
	}
	for name, values := range response.MultiValueHeaders {
		header[http.CanonicalHeaderKey(name)] = values
	}
	for _, cookie := range response.Cookies {
		header.Add("Set-Cookie", cookie)
	}
	if header.Get("Content-Type") == "" {
		header.Set("Content-Type", "application/json")
	}
	w.WriteHeader(response.StatusCode)
	_, _ = w.Write(body)
	return nil
}

var errBase64 = errors.New("the function's response says isBase64Encoded, but its body is not base64")

func decoded(body string, isBase64 bool) ([]byte, error) {
	if !isBase64 {
		return []byte(body), nil
	}
	bytes, err := base64.StdEncoding.DecodeString(body)
	if err != nil {
		return nil, errBase64
	}
	return bytes, nil
}
