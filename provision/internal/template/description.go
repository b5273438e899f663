package template

import "github.com/go-sparta/sparta/cloudformation"

// description is a function's purpose, which a page shows below its name.
type description struct{ absent }

func (description) configure(f function, resource *cloudformation.Resource) {
	if f.options.Description != "" {
		resource.Properties["Description"] = f.options.Description
	}
}
