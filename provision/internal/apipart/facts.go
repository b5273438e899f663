package apipart

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/go-sparta/sparta/internal/expression"
	"github.com/go-sparta/sparta/internal/logicalid"
	"github.com/go-sparta/sparta/provision/internal/show"
	"github.com/go-sparta/sparta/sparta"
)

// Route is a method of a path as a page shows it.
type Route struct {
	Method   string // for example GET /orders/{id}
	Function string
	Access   string // who may call it
	Settings []show.Fact
}

// Facts returns an API's settings in words, without those of its methods and routes.
func Facts(api *sparta.API) []show.Fact {
	shown := *api
	shown.Resources, shown.Routes = nil, nil
	facts := Flattened("", &shown, "name", "description")
	for i, fact := range facts {
		if fact.Name == "Stage name" {
			facts[i].Name = "Stage"
		}
	}
	return facts
}

// Flattened lists the settings in a part of an API, in words, besides those left out.
func Flattened(name string, part any, without ...string) []show.Fact {
	text, err := json.Marshal(part)
	if err != nil {
		return nil // the API is invalid
	}
	var value any
	if json.Unmarshal(text, &value) != nil {
		return nil
	}
	if fields, ok := value.(map[string]any); ok {
		maps.DeleteFunc(fields, func(key string, _ any) bool { return slices.Contains(without, key) })
	}
	return factsOf(name, value)
}

func factsOf(name string, value any) []show.Fact {
	switch value := value.(type) {
	case map[string]any:
		if expression.IsIntrinsic(value) || name == "policy" {
			break
		}
		var facts []show.Fact
		for _, key := range slices.Sorted(maps.Keys(value)) {
			facts = append(facts, factsOf(strings.TrimSpace(name+" "+words(key)), value[key])...)
		}
		return facts
	case []any:
		if len(value) > 0 && !isScalar(value[0]) {
			var facts []show.Fact
			for i, item := range value {
				facts = append(facts, factsOf(fmt.Sprintf("%s %d", name, i+1), item)...)
			}
			return facts
		}
		return []show.Fact{{Name: logicalid.Capitalized(name), Value: strings.Join(show.Expressions(value), ", ")}}
	}
	return []show.Fact{{Name: logicalid.Capitalized(name), Value: show.Expression(value)}}
}

// isScalar reports whether a value is shown in one word: it is not an object with settings.
func isScalar(value any) bool {
	_, isObject := value.(map[string]any)
	return !isObject || expression.IsIntrinsic(value)
}

// words returns the words of a name such as cacheTtlInSeconds. Names that users chose stay as they are.
func words(name string) string {
	if strings.ContainsAny(name, ".-/ ") || strings.IndexFunc(name, unicode.IsLower) != 0 {
		return name
	}
	var text strings.Builder
	for _, c := range name {
		if unicode.IsUpper(c) {
			text.WriteByte(' ')
		}
		text.WriteRune(unicode.ToLower(c))
	}
	list := strings.Fields(text.String())
	for i, word := range list {
		if slices.Contains(abbreviations, word) {
			list[i] = strings.ToUpper(word)
		}
	}
	return strings.Join(list, " ")
}

// abbreviations are words that consist of capital letters.
var abbreviations = []string{"api", "arn", "cors", "id", "ttl", "uri", "url"}
