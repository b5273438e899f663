package eventsource

import (
	"fmt"

	"github.com/go-sparta/sparta/cloudformation"
)

// unused returns an error if the template already has a logical ID, which is derived from the name of a function's
// rule, schedule or filter.
func unused(template *cloudformation.Template, id string) error {
	if template.Resources[id] == nil {
		return nil
	}
	return fmt.Errorf("the template already has %s: use names that differ in letters or digits", id)
}
