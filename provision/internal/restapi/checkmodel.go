package restapi

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/internal/apiroutes"
)

var modelPattern = regexp.MustCompile(`^[A-Za-z0-9]+$`)

func (c *checker) checkModels() {
	type used struct{ contentType, schema string }
	known := map[string]used{}
	for _, route := range apiroutes.Routes(c.API) {
		where := route.Verb + " " + route.Path + ": "
		for _, model := range modelsOf(route.Method) {
			switch {
			case model.Model == nil:
				c.Reportf("%sthe model of %s is nil: remove it or describe it", where, model.contentType)
				continue
			case !modelPattern.MatchString(model.Name):
				c.Reportf("%smodel name %q is invalid: use letters and digits", where, model.Name)
				continue
			case builtIn(model.Model):
				continue
			}
			own := used{model.contentType, model.Schema}
			if other, taken := known[model.Name]; taken && other != own {
				c.Reportf("%smodel %s is used elsewhere with another schema or content type: use one of each for a "+
					"name", where, model.Name)
			} else if !taken {
				known[model.Name] = own
				if err := checkSchema(model.Schema); err != nil {
					c.Reportf("%sSchema of model %s is not a JSON schema: %w", where, model.Name, err)
				}
			}
		}
	}
}

// checkSchema returns an error if a text is not a JSON schema. It checks the form of the common keywords.
func checkSchema(text string) error {
	if strings.TrimSpace(text) == "" {
		return errors.New(`it is empty: use for example {"type": "object"}`)
	}
	var schema any
	if err := json.Unmarshal([]byte(text), &schema); err != nil {
		return fmt.Errorf("%w: correct its JSON", err)
	}
	return schemaProblem("", schema)
}

func schemaTypes() []string {
	return []string{"array", "boolean", "integer", "null", "number", "object", "string"}
}

// schemaProblem returns an error about the schema at a path.
func schemaProblem(at string, value any) error {
	schema, ok := value.(map[string]any)
	if !ok {
		return fmt.Errorf("%s is not an object", cmp.Or(at, "it"))
	}
	for _, keyword := range slices.Sorted(maps.Keys(schema)) {
		if err := keywordProblem(at+"/"+keyword, keyword, schema[keyword]); err != nil {
			return err
		}
	}
	return nil
}

func keywordProblem(at, keyword string, value any) error {
	switch keyword {
	case "type":
		types, isList := value.([]any)
		if !isList {
			types = []any{value}
		}
		for _, one := range types {
			if name, ok := one.(string); !ok || !slices.Contains(schemaTypes(), name) {
				return fmt.Errorf("%s %v is unknown: use one of %s", at, one, strings.Join(schemaTypes(), ", "))
			}
		}
	case "properties", "definitions", "patternProperties":
		inner, ok := value.(map[string]any)
		if !ok {
			return fmt.Errorf("%s is not an object of schemas", at)
		}
		for _, name := range slices.Sorted(maps.Keys(inner)) {
			if err := schemaProblem(at+"/"+name, inner[name]); err != nil {
				return err
			}
		}
	case "required", "enum", "allOf", "anyOf", "oneOf":
		list, ok := value.([]any)
		if !ok || len(list) == 0 {
			return fmt.Errorf("%s is not a list with at least one entry", at)
		}
		for i, one := range list {
			if _, isText := one.(string); keyword == "required" && !isText {
				return fmt.Errorf("%s is not a list of names", at)
			}
			if strings.HasSuffix(keyword, "Of") {
				if err := schemaProblem(fmt.Sprintf("%s/%d", at, i), one); err != nil {
					return err
				}
			}
		}
	case "items", "not":
		if _, isList := value.([]any); isList {
			return nil
		}
		return schemaProblem(at, value)
	case "pattern", "$ref", "format", "title", "description":
		if _, isText := value.(string); !isText {
			return fmt.Errorf("%s is not a text", at)
		}
	case "minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems", "multipleOf":
		if _, isNumber := value.(float64); !isNumber {
			return fmt.Errorf("%s is not a number", at)
		}
	}
	return nil
}
