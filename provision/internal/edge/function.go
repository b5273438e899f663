package edge

import (
	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

// Function is a function for edge locations.
type Function struct {
	Name    string
	Options *sparta.LambdaFunctionOptions
	ID      string // its logical ID
	Version string // logical ID of its newest version
}

// versions is a pattern for the ARNs of all versions.
func (f Function) versions() any { return cloudformation.Sub("${" + f.ID + ".Arn}:*") }
