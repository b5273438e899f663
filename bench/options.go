package main

// options are set on the command line.
type options struct {
	only        []string // names of groups; empty means all
	quick       bool
	json        bool
	client      string // of the Python functions: embedded or aws
	invocations int    // of soak
}

// pick returns full, or few with -quick.
func (o options) pick(full, few int) int {
	if o.quick {
		return few
	}
	return full
}
