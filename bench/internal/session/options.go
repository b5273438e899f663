package session

// Options are set on the command line.
type Options struct {
	Quick       bool
	Client      string // of the Python functions: one of Clients
	Invocations int    // of soak
}

// Pick returns full, or few with -quick.
func (o Options) Pick(full, few int) int {
	if o.Quick {
		return few
	}
	return full
}
