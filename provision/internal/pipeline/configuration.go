// Package pipeline writes what a pipeline needs beside a template.
package pipeline

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/internal/files"
	"github.com/go-sparta/sparta/internal/plainjson"
	"github.com/go-sparta/sparta/provision/internal/template"
)

// configuration is a template configuration file, as CodePipeline and CloudFormation's Git sync read it.
type configuration struct {
	Parameters map[string]string
	Tags       map[string]string
}

// WriteConfiguration writes the values of a template's parameters and the stack's tags, but no secrets, which the
// pipeline has to add. It returns the parameters whose values are missing.
func WriteConfiguration(
	path string, document *cloudformation.Template, params, tags map[string]string,
) (missing []string, err error) {
	file := configuration{Parameters: map[string]string{}, Tags: tags}
	for _, name := range slices.Sorted(maps.Keys(document.Parameters)) {
		parameter := document.Parameters[name]
		value, given := params[name]
		switch {
		case name == template.SumsParameter || parameter.NoEcho && parameter.Default != nil:
		case given && !parameter.NoEcho:
			file.Parameters[name] = value
		case parameter.Default != nil:
			file.Parameters[name] = *parameter.Default
		default:
			missing = append(missing, name)
		}
	}
	var text strings.Builder
	err = plainjson.Write(&text, file)
	if err == nil {
		err = files.WritePrivate(path, []byte(text.String()))
	}
	if err != nil {
		return nil, fmt.Errorf("write %s: %w", path, err)
	}
	return missing, nil
}
