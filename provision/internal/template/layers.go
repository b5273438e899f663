package template

import (
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/show"
)

// layers put files below /opt.
type layers struct{ absent }

func (layers) configure(f function, resource *cloudformation.Resource) {
	if len(f.options.Layers) > 0 {
		resource.Properties["Layers"] = f.options.Layers
	}
}

func (layers) facts(f function) []show.Fact {
	if len(f.options.Layers) == 0 {
		return nil
	}
	return []show.Fact{{Name: "Layers", Value: strings.Join(show.Expressions(f.options.Layers), ", ")}}
}
