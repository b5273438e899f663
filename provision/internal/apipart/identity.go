package apipart

import (
	"regexp"
	"strings"

	"github.com/go-sparta/sparta/internal/logicalid"
)

var plainSegment = regexp.MustCompile(`^[a-z][a-z0-9]*$`)

// Identity returns the part of a logical ID that identifies a text, whatever else the API has: its words, followed by a
// hash of it unless the words identify it.
func Identity(text string) string {
	var id strings.Builder
	plain := true
	for word := range strings.SplitSeq(text, "/") {
		plain = plain && (word == "" || plainSegment.MatchString(word))
		id.WriteString(logicalid.Capitalized(logicalid.Letters(word)))
	}
	if !plain {
		id.WriteString(logicalid.Sum([]byte(text)))
	}
	return id.String()
}
