package cloudformation

// What happens to a resource that is removed from the stack or replaced.
const (
	Delete               = "Delete"
	Retain               = "Retain"
	RetainExceptOnCreate = "RetainExceptOnCreate"
	Snapshot             = "Snapshot"
)

// Resource is one resource of a stack.
type Resource struct {
	Type                string         // for example AWS::SQS::Queue
	Condition           string         `json:",omitempty"` // name of the condition under which it exists
	DependsOn           []string       `json:",omitempty"` // logical IDs, besides those that it refers to
	DeletionPolicy      string         `json:",omitempty"` // one of the constants above; empty means the type's default
	UpdateReplacePolicy string         `json:",omitempty"` // Delete, Retain or Snapshot
	CreationPolicy      any            `json:",omitempty"`
	UpdatePolicy        any            `json:",omitempty"`
	Metadata            map[string]any `json:",omitempty"`
	Properties          map[string]any `json:",omitempty"` // as documented for Type; values may be intrinsics
}
