package eventsource

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/internal/plainjson"
	"github.com/go-sparta/sparta/provision/internal/arn"
	"github.com/go-sparta/sparta/provision/internal/show"
)

// identity is the part of a logical ID that identifies a source, whatever other sources a function has: the logical ID
// of a resource of the template, or the name in an ARN and a hash of the ARN.
func identity(source any) string {
	if targets, err := cloudformation.References(source); err == nil && len(targets) == 1 &&
		alphanumeric(targets[0]) == targets[0] {
		return targets[0]
	}
	encoded, err := plainjson.Marshal(source)
	if err != nil {
		return "" // rendering the template reports what JSON cannot represent
	}
	sum := sha256.Sum256(encoded)
	text, outline := show.Expression(source), arn.Outline(source)
	if arn.Service(outline) != "" {
		text = outline
	}
	return capitalized(alphanumeric(nameIn(text))) + hex.EncodeToString(sum[:4])
}

// nameIn is the name of the resource that an ARN identifies: without the type before it and anything after it.
func nameIn(arn string) string {
	parts := strings.SplitN(arn, ":", 6)
	words := strings.FieldsFunc(parts[len(parts)-1], func(c rune) bool { return c == ':' || c == '/' })
	switch len(words) {
	case 0:
		return ""
	case 1:
		return words[0]
	}
	return words[1]
}

func capitalized(text string) string {
	if text == "" {
		return text
	}
	return strings.ToUpper(text[:1]) + text[1:]
}

// alphanumeric removes the characters that logical IDs cannot have.
func alphanumeric(text string) string {
	return strings.Map(func(c rune) rune {
		if c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' {
			return c
		}
		return -1
	}, text)
}

// sum is a hash of a value, in eight hex digits.
func sum(value any) string {
	text, err := plainjson.Marshal(value)
	if err != nil {
		return "" // rendering the template reports what JSON cannot represent
	}
	digest := sha256.Sum256(text)
	return hex.EncodeToString(digest[:4])
}
