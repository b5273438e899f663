package restapi

import (
	"regexp"
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/internal/apiroutes"
	"github.com/go-sparta/sparta/internal/logicalid"
)

var plainSegment = regexp.MustCompile(`^[a-z][a-z0-9]*$`)

// identity is the part of a logical ID that identifies a text, whatever else the API has: its words, followed by a hash
// of it unless the words identify it.
func identity(text string) string {
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
