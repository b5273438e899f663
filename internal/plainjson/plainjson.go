// Package plainjson encodes JSON for readers: <, > and & stay as they are, as aws-lambda-go leaves them.
package plainjson

import (
	"bytes"
	"encoding/json"
	"io"
)

// Marshal is json.Marshal that escapes nothing for HTML.
func Marshal(value any) ([]byte, error) {
	var text bytes.Buffer
	if err := encode(&text, value, ""); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(text.Bytes(), []byte("\n")), nil
}

// Write writes a value on lines of its own, indented by two spaces.
func Write(out io.Writer, value any) error {
	return encode(out, value, "  ")
}

func encode(out io.Writer, value any, indent string) error {
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", indent)
	return encoder.Encode(value)
}
