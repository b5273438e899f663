//go:build lambdabinary && go1.21

package bridge

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"unicode/utf8"
)

// unstream returns the ordinary document of a function URL or an API for a streamed response: a prelude of JSON with
// status, headers and cookies, eight NUL bytes, and the body. Lambda's Python runtime does not stream.
func unstream(response []byte) ([]byte, error) {
	prelude, body, found := bytes.Cut(response, make([]byte, 8))
	if !found {
		return nil, errors.New("the streamed response has no prelude of JSON and eight NUL bytes: " +
			"return an events.LambdaFunctionURLStreamingResponse")
	}
	document := map[string]any{}
	if err := json.Unmarshal(prelude, &document); err != nil {
		return nil, fmt.Errorf("read the prelude of the streamed response: %w", err)
	}
	if document == nil {
		return nil, errors.New("the prelude of the streamed response is null: return an object with a statusCode")
	}
	document["isBase64Encoded"] = !utf8.Valid(body)
	if utf8.Valid(body) {
		document["body"] = string(body)
	} else {
		document["body"] = base64.StdEncoding.EncodeToString(body)
	}
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(document); err != nil {
		return nil, fmt.Errorf("write the streamed response as a document: %w", err)
	}
	return bytes.TrimSuffix(out.Bytes(), []byte("\n")), nil
}
