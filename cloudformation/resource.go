package cloudformation

// What becomes of a resource that leaves the stack or is replaced.
const (
	Delete               = "Delete"
	Retain               = "Retain"
	RetainExceptOnCreate = "RetainExceptOnCreate"
	Snapshot             = "Snapshot"
)

// Resource is one resource of a stack.
type Resource struct {
	Type                string         // such as AWS::SQS::Queue
	Condition           string         `json:",omitempty"` // name of the condition under which it exists
	DependsOn           []string       `json:",omitempty"` // logical ids, beside those it refers to
	DeletionPolicy      string         `json:",omitempty"` // Delete, Retain, RetainExceptOnCreate or Snapshot; empty means the type's default
	UpdateReplacePolicy string         `json:",omitempty"` // Delete, Retain or Snapshot
	CreationPolicy      any            `json:",omitempty"`
	UpdatePolicy        any            `json:",omitempty"`
	Metadata            map[string]any `json:",omitempty"`
	Properties          map[string]any `json:",omitempty"` // as CloudFormation documents them for Type; values may be intrinsics
}
