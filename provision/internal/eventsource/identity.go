package eventsource

import (
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/internal/logicalid"
	"github.com/go-sparta/sparta/internal/plainjson"
	"github.com/go-sparta/sparta/provision/internal/arn"
	"github.com/go-sparta/sparta/provision/internal/show"
)

// identity is the part of a logical ID that identifies a source, whatever other sources a function has: the logical ID
// of a resource of the template, or the name in an ARN and a hash of the ARN.
func identity(source any) string {
	if targets, err := cloudformation.References(source); err == nil && len(targets) == 1 &&
		logicalid.Letters(targets[0]) == targets[0] {
		return targets[0]
	}
	text, outline := show.Expression(source), arn.Outline(source)
	if arn.Service(outline) != "" {
		text = outline
	}
	return logicalid.Capitalized(logicalid.Letters(nameIn(text))) + sum(source)
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

// sum is a hash of a value, in eight hex digits.
func sum(value any) string {
	text, err := plainjson.Marshal(value)
	if err != nil {
		return "" // rendering the template reports what JSON cannot represent
	}
	return logicalid.Sum(text)
}
