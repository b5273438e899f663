package provision

import (
	"github.com/aws/aws-sdk-go-v2/aws"
	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"

	"github.com/go-sparta/sparta/provision/internal/show"
	"github.com/go-sparta/sparta/provision/internal/stack"
)

// Change is what happens to one resource of a stack.
type Change = stack.Change

// Result is what a deployment has done. Its JSON is what Options.JSON writes.
type Result struct {
	Stack    string            `json:"stack"`            // its name
	StackID  string            `json:"-"`                // empty if there is no stack
	Status   string            `json:"status,omitempty"` // as CloudFormation spells it; empty if there is no stack
	Changed  bool              `json:"changed"`          // whether anything in AWS has changed
	Changes  []stack.Change    `json:"changes"`          // with Options.NoOp, what would change
	InPlace  []string          `json:"inPlace,omitempty"`
	Outputs  map[string]string `json:"outputs"`
	Template string            `json:"-"` // path of the template, as it was rendered
}

// fill copies a stack's status and outputs.
func (r *Result) fill(stack *cfntypes.Stack) {
	if stack == nil {
		return
	}
	r.StackID, r.Status = aws.ToString(stack.StackId), string(stack.StackStatus)
	for _, output := range stack.Outputs {
		r.Outputs[aws.ToString(output.OutputKey)] = aws.ToString(output.OutputValue)
	}
}

// showChanges writes the table of changes, unless a JSON document is to follow.
func (d *deployment) showChanges(changes []stack.Change) error {
	if len(changes) == 0 {
		d.log.Info("no resource changes, only the stack's outputs, parameters or description change")
		return nil
	}
	if d.options.JSON {
		return nil
	}
	return stack.WriteChanges(d.options.Stdout, changes)
}

// show writes the result.
func (d *deployment) show(result *Result) error {
	if d.options.JSON {
		return show.JSON(d.options.Stdout, result)
	}
	return show.Outputs(d.options.Stdout, result.Outputs)
}
