package site

import (
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/internal/expression"
	"github.com/go-sparta/sparta/internal/logicalid"
	"github.com/go-sparta/sparta/internal/plainjson"
	"github.com/go-sparta/sparta/provision/internal/show"
	"github.com/go-sparta/sparta/sparta"
)

// Manifest is the key of the file that tells the site's pages where the API is.
const Manifest = "MANIFEST.json"

// manifestOutput is an output of the API, as the original writes it.
type manifestOutput struct {
	Description string `json:",omitempty"`
	Value       string
}

// unresolvedManifest is the manifest as text, and the values that CloudFormation has to resolve, by paths. In the text,
// {"sparta:value": path} represents each. An object of the user's with only that key has its value in a list. Paths of
// the user's values begin with a slash, and those of the API's do not.
func unresolvedManifest(
	site *sparta.S3Site, ofAPI map[string]cloudformation.Output,
) (text string, values map[string]any, err error) {
	values = map[string]any{}
	place := func(path string, value any) any {
		values[path] = value
		return map[string]any{placeholder: path}
	}
	manifest := map[string]any{}
	for name, output := range ofAPI {
		manifest[name] = map[string]any{"Description": output.Description, "Value": place("api/"+name, output.Value)}
	}
	if len(site.UserManifestData) > 0 {
		manifest["userdata"] = resolve(escape(userData(site)), "", place)
	}
	encoded, err := plainjson.Marshal(manifest)
	return string(encoded), values, err
}

// placeholder is the only key of an object that represents a value of CloudFormation.
const placeholder = "sparta:value"

// escape marks the objects in a user's value that look like placeholders.
func escape(value any) any {
	switch value := value.(type) {
	case map[string]any:
		if expression.IsIntrinsic(value) {
			return value
		}
		for key, one := range value {
			value[key] = escape(one)
		}
		if one, looks := value[placeholder]; looks && len(value) == 1 {
			value[placeholder] = []any{one}
		}
	case []any:
		for i := range value {
			value[i] = escape(value[i])
		}
	}
	return value
}

// NewManifest makes the manifest: the outputs of the API with their values in the stack, and the user's data.
func NewManifest(
	site *sparta.S3Site, ofAPI map[string]cloudformation.Output, values map[string]string,
) (File, error) {
	manifest := map[string]any{}
	for name, output := range ofAPI {
		if value, known := values[name]; known {
			manifest[name] = manifestOutput{Description: output.Description, Value: value}
		}
	}
	if len(site.UserManifestData) > 0 {
		manifest["userdata"] = resolve(userData(site), "", func(path string, intrinsic any) any {
			if value, known := values[outputUser+logicalid.Sum([]byte(path))]; known {
				return value
			}
			return show.Expression(intrinsic) // on this machine
		})
	}
	var text strings.Builder
	if err := plainjson.Write(&text, manifest); err != nil {
		return File{}, err
	}
	return File{
		Key: Manifest, Content: []byte(text.String()), ContentType: contentType(Manifest), CacheControl: revalidated,
	}.Measured()
}
