package template

import (
	"maps"
	"slices"

	"github.com/go-sparta/sparta/cloudformation"
)

// tags are the function's own tags, which the page shows in a section of its own.
type tags struct{ absent }

func (tags) permissions() []string { return []string{"lambda:TagResource", "lambda:UntagResource"} }

func (tags) configure(f function, resource *cloudformation.Resource) {
	var list []map[string]string
	for _, key := range slices.Sorted(maps.Keys(f.options.Tags)) {
		list = append(list, map[string]string{"Key": key, "Value": f.options.Tags[key]})
	}
	if len(list) > 0 {
		resource.Properties["Tags"] = list
	}
}
