package stack

import (
	"maps"
	"slices"

	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"

	"github.com/go-sparta/sparta/cloudformation"
)

// Additions are the changes that create everything in a template.
func Additions(template *cloudformation.Template) []Change {
	changes := []Change{}
	for _, id := range slices.Sorted(maps.Keys(template.Resources)) {
		changes = append(changes, Change{
			Action:    string(cfntypes.ChangeActionAdd),
			LogicalID: id,
			Type:      template.Resources[id].Type,
		})
	}
	return changes
}
