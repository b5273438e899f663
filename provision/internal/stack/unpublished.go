package stack

import (
	"fmt"
	"maps"
	"slices"

	"github.com/go-sparta/sparta/cloudformation"
)

// CheckUnpublished returns an error if a resource of the template would keep the old code, which an update of the
// stack would update.
func CheckUnpublished(template *cloudformation.Template) error {
	for _, id := range slices.Sorted(maps.Keys(template.Resources)) {
		resource := template.Resources[id]
		switch resource.Type {
		case "AWS::Lambda::Version", "AWS::Lambda::Alias":
			return fmt.Errorf("%s (%s) is of published code, which would not be updated", id, resource.Type)
		case FunctionType:
			if settings, ok := resource.Properties["SnapStart"].(map[string]any); ok && settings["ApplyOn"] != "None" {
				return fmt.Errorf("%s uses SnapStart, whose snapshots are of published code, "+
					"which would not be updated", id)
			}
		}
	}
	return nil
}
