package template

import (
	"maps"

	"github.com/go-sparta/sparta/cloudformation"
)

// output is a function's output of the stack.
type output struct {
	kind outputKind
	id   string // its name
	cloudformation.Output
}

// outputKind says which outputs are left out first.
type outputKind int

const (
	unguessable outputKind = iota // for example an address
	arns
	names // they follow from the stack's name
	outputKinds
)

// addOutputs adds as many kinds of outputs as a template can hold: of a service with many functions it leaves out the
// names, or even the ARNs.
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
