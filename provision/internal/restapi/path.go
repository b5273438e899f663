package restapi

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/internal/apiroutes"
)

var plainSegment = regexp.MustCompile(`^[a-z][a-z0-9]*$`)

// identity is the part of a logical ID that identifies a text, whatever else the API has: its words, followed by a hash
// of it unless the words identify it.
func identity(text string) string {
	var id strings.Builder
	plain := true
	for word := range strings.SplitSeq(text, "/") {
		plain = plain && (word == "" || plainSegment.MatchString(word))
		word = alphanumeric(word)
		if word != "" {
			id.WriteString(strings.ToUpper(word[:1]) + word[1:])
		}
	}
	if !plain {
		sum := sha256.Sum256([]byte(text))
		id.WriteString(hex.EncodeToString(sum[:4]))
	}
	return id.String()
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

// addPaths adds the parts of all paths.
func (b *builder) addPaths() {
	for _, route := range apiroutes.Routes(b.api) {
		path := ""
		for _, part := range apiroutes.Segments(route.Path) {
			parent := path
			path += "/" + part
			if b.template.Resources[pathID(path)] == nil {
				b.add(pathID(path), "Resource", map[string]any{
					"RestApiId": cloudformation.Ref(gateway), "ParentId": resourceID(parent), "PathPart": part,
				})
			}
		}
	}
}

func methodID(verb, path string) string { return gateway + "Method" + verb + identity(path) }

func pathID(path string) string { return gateway + "Resource" + identity(path) }

// resourceID is the ID that API Gateway has for a path.
func resourceID(path string) any {
	if path == "" || path == "/" {
		return cloudformation.GetAtt{gateway, "RootResourceId"}
	}
	return cloudformation.Ref(pathID(path))
}
