package cloudformation

// Output is a value that a stack shows.
type Output struct {
	Description string  `json:",omitempty"` // up to 1024 bytes
	Condition   string  `json:",omitempty"` // name of the condition under which it exists
	Value       any     // a string or an intrinsic
	Export      *Export `json:",omitempty"` // nil means that other stacks cannot import it
}

// Export makes an output known to the other stacks of its account and region.
type Export struct {
	Name any // a string or an intrinsic, unique in account and region
}
