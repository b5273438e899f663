package template

import (
	"maps"

	"github.com/go-sparta/sparta/cloudformation"
)

// output is what a stack shows of a function.
type output struct {
	kind outputKind
	id   string // its name
	cloudformation.Output
}

// outputKind is how much an output is worth showing.
type outputKind int

const (
	unguessable outputKind = iota // such as an address
	arns
	names // which follow from the stack's
	outputKinds
)

// addOutputs adds as many kinds of outputs as a template may have: a service of
// many functions does without their names, or even ARNs.
func addOutputs(template *cloudformation.Template, outputs []output) {
	for kind := range outputKinds {
		of := map[string]cloudformation.Output{}
		for _, output := range outputs {
			if output.kind == kind {
				of[output.id] = output.Output
			}
		}
		if len(template.Outputs)+len(of) > cloudformation.MaxOutputs {
			return
		}
		maps.Copy(template.Outputs, of)
	}
}
