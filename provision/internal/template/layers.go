package template

import (
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/pythonlayer"
	"github.com/go-sparta/sparta/provision/internal/show"
)

// layers put files below /opt.
type layers struct{ absent }

func (layers) check(f function) error {
	return pythonlayer.Check(f.pkg.Layer, len(f.options.Layers), f.options.Edge)
}

func (layers) permissions() []string { return pythonlayer.Permissions() }

func (layers) configure(f function, resource *cloudformation.Resource) {
	if all := pythonlayer.With(f.options.Layers, f.pkg.Layer); len(all) > 0 {
		resource.Properties["Layers"] = all
	}
}

func (layers) facts(f function) []show.Fact {
	all := pythonlayer.With(f.options.Layers, f.pkg.Layer)
	if len(all) == 0 {
		return nil
	}
	return []show.Fact{{Name: "Layers", Value: strings.Join(show.Expressions(all), ", ")}}
}
