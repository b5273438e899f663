package sandbox

// State counts the invocations and environments of a function.
type State struct {
	Running int // invocations, each in an environment of its own
	Idle    int // environments that wait for an invocation
	Old     int // of the running invocations, those in environments from before Replace
}

// State returns the present state.
func (f *Function) State() State {
	f.mu.Lock()
	defer f.mu.Unlock()
	state := State{Running: len(f.all) - len(f.idle), Idle: len(f.idle)}
	for e := range f.all {
		if e.generation != f.generation {
			state.Old++
		}
	}
	return state
}
