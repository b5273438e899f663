package cloudformation

// Output is an output value of a stack.
type Output struct {
	Description string  `json:",omitempty"` // up to 1024 bytes
	Condition   string  `json:",omitempty"` // name of the condition under which it exists
	Value       any     // a string or an intrinsic
	Export      *Export `json:",omitempty"` // nil means that other stacks cannot import it
}

// Export makes an output available to other stacks in the same account and region.
type Export struct {
	Name any // a string or an intrinsic, unique in account and region
}
