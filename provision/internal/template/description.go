package template

import "github.com/go-sparta/sparta/cloudformation"

// description is shown by the page below the function's name.
type description struct{ absent }

func (description) configure(f function, resource *cloudformation.Resource) {
	if f.options.Description != "" {
		resource.Properties["Description"] = f.options.Description
	}
}
