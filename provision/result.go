package provision

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"

	"github.com/go-sparta/sparta/provision/internal/show"
	"github.com/go-sparta/sparta/provision/internal/stack"
)

// Change is what happens to one resource of a stack.
type Change = stack.Change

// Result is what a deployment came to. Its JSON is what Options.JSON writes.
type Result struct {
	Stack    string            `json:"stack"`            // its name
	StackID  string            `json:"-"`                // empty where there is no stack
	Status   string            `json:"status,omitempty"` // as CloudFormation spells it; empty where there is no stack
	Changed  bool              `json:"changed"`          // whether anything in AWS is different now
	Changes  []stack.Change    `json:"changes"`          // with Options.NoOp, what would change
	InPlace  []string          `json:"inPlace,omitempty"`
	Outputs  map[string]string `json:"outputs"`
	Template string            `json:"-"` // path of the template, as it was rendered
}

// fill takes over what a stack shows.
func (r *Result) fill(stack *cfntypes.Stack) {
	if stack == nil {
		return
	}
	r.StackID, r.Status = aws.ToString(stack.StackId), string(stack.StackStatus)
	for _, output := range stack.Outputs {
		r.Outputs[aws.ToString(output.OutputKey)] = aws.ToString(output.OutputValue)
	}
}

// writeJSON writes the result as one document.
func (r *Result) writeJSON(w io.Writer) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(r); err != nil {
		return fmt.Errorf("write results: %w", err)
	}
	return nil
}

// writeOutputs writes the table of a stack's outputs, if it has any.
func (r *Result) writeOutputs(w io.Writer) error {
	if len(r.Outputs) == 0 {
		return nil
	}
	rows := [][]string{{"OUTPUT", "VALUE"}}
	for _, key := range slices.Sorted(maps.Keys(r.Outputs)) {
		rows = append(rows, []string{key, r.Outputs[key]})
	}
	return show.Table(w, rows)
}
