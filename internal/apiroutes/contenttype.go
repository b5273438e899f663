package apiroutes

import (
	"mime"
	"strings"

	"github.com/go-sparta/sparta/sparta"
)

// BodyKind says what a default template makes of a request's body.
type BodyKind string

// The kinds of bodies.
const (
	JSONBody BodyKind = "Json" // a value
	FormBody BodyKind = "Form" // a map of strings
	TextBody BodyKind = "Text" // a string, which is base64 for binary media types
)

// KindOf returns the kind of body that a content type has.
func KindOf(contentType string) BodyKind {
	switch media := MediaType(contentType); {
	case media == "application/json" || strings.HasSuffix(media, "+json"):
		return JSONBody
	case media == "application/x-www-form-urlencoded":
		return FormBody
	}
	return TextBody
}

// MediaType returns a content type without its parameters.
func MediaType(contentType string) string {
	media, _, err := mime.ParseMediaType(contentType)
	if err != nil {
		return contentType
	}
	return media
}

// ContentTypes returns the content types for which a method has default templates. Without a setting, they are the
// original's.
func ContentTypes(method *sparta.Method) []string {
	if len(method.SupportedRequestContentTypes) > 0 {
		return method.SupportedRequestContentTypes
	}
	return []string{"application/json", "application/x-www-form-urlencoded", "multipart/form-data", "text/plain"}
}
