package template

import (
	"slices"
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/pythonlayer"
	"github.com/go-sparta/sparta/provision/internal/show"
)

// layers put files below /opt.
type layers struct{ absent }

func (layers) check(f function) error {
	if f.pkg.Layer == "" {
		return nil
	}
	return pythonlayer.Check(len(f.options.Layers), f.options.Edge)
}

func (layers) permissions() []string { return pythonlayer.Permissions() }

// all are the function's own layers and the one with the service's Python packages, whose files are used if another
// layer has the same ones.
func (layers) all(f function) []any {
	if f.pkg.Layer == "" {
		return f.options.Layers
	}
	return append(slices.Clip(f.options.Layers), pythonlayer.Version())
}

func (l layers) configure(f function, resource *cloudformation.Resource) {
	if all := l.all(f); len(all) > 0 {
		resource.Properties["Layers"] = all
	}
}

func (l layers) facts(f function) []show.Fact {
	all := l.all(f)
	if len(all) == 0 {
		return nil
	}
	return []show.Fact{{Name: "Layers", Value: strings.Join(show.Expressions(all), ", ")}}
}
