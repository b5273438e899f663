package sandbox

import (
	"cmp"
	"slices"
	"time"
)

// State describes a function and its environments.
type State struct {
	Generation   int           // how often Replace has been called
	Concurrency  int           // how many invocations may run at the same time
	Running      int           // how many run
	Invoked      int           // invocations so far, without those that were throttled
	Throttled    int           // invocations that have failed with ErrTooMany
	Environments []Environment // by number
}

// Environment describes an execution environment.
type Environment struct {
	Number      int
	Generation  int  // an older one than State.Generation ends after its invocation
	PID         int  // of the process, which leads a group; 0 if it is not running
	Running     bool // an invocation, RequestID
	RequestID   string
	Invocations int
	Started     time.Time
	Used        time.Time // the end of the last invocation; zero before it
	MaxMemory   int64     // the highest use of memory so far, in bytes; 0 means unknown
}

// State returns the present state.
func (f *Function) State() State {
	f.mu.Lock()
	state := State{
		Generation:  f.generation,
		Concurrency: f.config.Concurrency,
		Running:     len(f.all) - len(f.idle),
		Invoked:     f.invoked,
		Throttled:   f.throttled,
	}
	present := make([]*environment, 0, len(f.all))
	for e := range f.all {
		present = append(present, e)
		state.Environments = append(state.Environments, Environment{
			Number:      e.number,
			Generation:  e.generation,
			Running:     e.use.running,
			RequestID:   e.use.requestID,
			Invocations: e.use.invocations,
			Started:     e.use.started,
			Used:        e.use.last,
			MaxMemory:   e.use.maxMemory,
		})
	}
	f.mu.Unlock()
	for i, e := range present {
		if pid, running := e.pid(); running {
			state.Environments[i].PID = pid
		}
	}
	slices.SortFunc(state.Environments, func(a, b Environment) int { return cmp.Compare(a.Number, b.Number) })
	return state
}
