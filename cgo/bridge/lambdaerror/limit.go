//go:build go1.21

package lambdaerror

import (
	"fmt"
	"unicode/utf8"

	"github.com/aws/aws-lambda-go/lambda/messages"
)

// Limits of a document, in bytes of JSON whose text is all ASCII, as Python's runtime client may write it. Lambda
// accepts 6 MiB in all; a client whose document is larger ends the process.
const (
	maxMessage = 5 << 20
	maxType    = 1 << 10
	maxTrace   = 512 << 10
)

// limited returns a document that Lambda accepts: longer texts are cut, and the outermost frames are left out.
func limited(document *messages.InvokeResponse_Error) *messages.InvokeResponse_Error {
	short := *document
	short.Message, short.Type = cut(document.Message, maxMessage), cut(document.Type, maxType)
	size := 0
	for i, frame := range document.StackTrace {
		if frame == nil {
			continue
		}
		_, path := prefix(frame.Path, maxTrace)
		_, label := prefix(frame.Label, maxTrace)
		if size += path + label + 100; size > maxTrace {
			short.StackTrace = document.StackTrace[:i:i]
			break
		}
	}
	return &short
}

// cut returns the text, or the beginning of it and how much that is.
func cut(text string, limit int) string {
	if 6*len(text) <= limit {
		return text
	}
	length, _ := prefix(text, limit)
	if length == len(text) {
		return text
	}
	return fmt.Sprintf("%s… (the first %d of %d bytes)", text[:length], length, len(text))
}

// prefix returns the length of the longest prefix whose JSON is within the limit, and the length of that JSON.
func prefix(text string, limit int) (length, size int) {
	for length < len(text) {
		r, width := utf8.DecodeRuneInString(text[length:])
		next := size + 1
		switch {
		case r > 0xffff:
			next += 11 // two escapes
		case r >= utf8.RuneSelf || r < ' ':
			next += 5
		case r == '"' || r == '\\':
			next++
		}
		if next > limit {
			return length, size
		}
		length, size = length+width, next
	}
	return length, size
}
