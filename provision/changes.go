//lint:file-ignore SA1019 sessions of Sparta are the SDK v1's, as they always were

package provision

import (
	"cmp"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/aws/aws-sdk-go/aws"
	cfn "github.com/aws/aws-sdk-go/service/cloudformation"
)

// Change is what happens to one resource of a stack.
type Change struct {
	Action      string `json:"action"` // Add, Modify, Remove, Import or Dynamic
	LogicalID   string `json:"logicalId"`
	Type        string `json:"type"`                  // AWS::Lambda::Function
	Replacement string `json:"replacement,omitempty"` // of a resource that is modified: True, False or Conditional
}

func newChange(change *cfn.ResourceChange) Change {
	return Change{
		Action:      aws.StringValue(change.Action),
		LogicalID:   aws.StringValue(change.LogicalResourceId),
		Type:        aws.StringValue(change.ResourceType),
		Replacement: aws.StringValue(change.Replacement),
	}
}

// writeChanges writes the table of what a change set does.
func writeChanges(w io.Writer, changes []Change) error {
	rows := [][]string{{"ACTION", "RESOURCE", "TYPE", "REPLACEMENT"}}
	for _, change := range changes {
		rows = append(rows, []string{change.Action, change.LogicalID, change.Type, cmp.Or(change.Replacement, "-")})
	}
	return writeTable(w, rows)
}

// writeTable writes rows in columns.
func writeTable(w io.Writer, rows [][]string) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, row := range rows {
		// An error shows when the table is flushed.
		_, _ = fmt.Fprintln(table, strings.Join(row, "\t"))
	}
	if err := table.Flush(); err != nil {
		return fmt.Errorf("write results: %w", err)
	}
	return nil
}
