package template

import "github.com/go-sparta/sparta/cloudformation"

// description is shown by the page below the function's name.
type description struct{ absent }

func (description) configure(f function, resource *cloudformation.Resource) {
	if text := f.describeReferred(f.options.Description); text != "" {
		resource.Properties["Description"] = text
	}
}
