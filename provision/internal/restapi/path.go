package restapi

import (
	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/internal/apiroutes"
	"github.com/go-sparta/sparta/provision/internal/apipart"
)

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

func methodID(verb, path string) string { return gateway + "Method" + verb + apipart.Identity(path) }

func pathID(path string) string { return gateway + "Resource" + apipart.Identity(path) }

// resourceID is the ID that API Gateway has for a path.
func resourceID(path string) any {
	if path == "" || path == "/" {
		return cloudformation.GetAtt{gateway, "RootResourceId"}
	}
	return cloudformation.Ref(pathID(path))
}
