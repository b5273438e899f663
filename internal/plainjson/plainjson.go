// Package plainjson encodes JSON for people: like aws-lambda-go, it does not escape <, > and &.
package plainjson

import (
	"bytes"
	"encoding/json"
	"io"
)

// Marshal is json.Marshal without escapes for HTML.
func Marshal(value any) ([]byte, error) {
	var text bytes.Buffer
	if err := encode(&text, value, ""); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(text.Bytes(), []byte("\n")), nil
}

// Write writes a value on several lines, indented by two spaces.
func Write(out io.Writer, value any) error {
	return encode(out, value, "  ")
}

func encode(out io.Writer, value any, indent string) error {
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", indent)
	return encoder.Encode(value)
}
