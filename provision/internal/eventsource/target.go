package eventsource

import (
	"time"

	"github.com/go-sparta/sparta/cloudformation"
)

// Target is the function that a source invokes.
type Target struct {
	ID    string // prefix of the logical IDs of its resources
	Alias string // logical ID of its alias, which sources invoke; empty means that it has none
	// Boundary is the permissions boundary of the function's role, and of roles that its sources need. It may be nil.
	Boundary any
	LogGroup string    // name of its log group; empty if only CloudFormation knows it
	Now      time.Time // zero means the present
}

// callee is the function or its alias, for properties that accept names and ARNs.
func (t Target) callee() cloudformation.Ref {
	if t.Alias != "" {
		return cloudformation.Ref(t.Alias)
	}
	return t.function()
}

func (t Target) function() cloudformation.Ref { return cloudformation.Ref(t.ID + "Function") }

func (t Target) now() time.Time {
	if t.Now.IsZero() {
		return time.Now()
	}
	return t.Now
}

// arn is the ARN of what sources invoke.
func (t Target) arn() any {
	if t.Alias != "" {
		return cloudformation.Ref(t.Alias)
	}
	return cloudformation.GetAtt{string(t.function()), "Arn"}
}
