package main

import (
	"bytes"
	"sync"
)

// valve reads what processes print, unless it is shut: then the pipe fills, and who prints has to wait.
type valve struct {
	mu      sync.Mutex // guards what follows
	open    sync.Cond
	shut    bool
	stalled chan struct{} // holds one value when something has arrived while it was shut
	partial []byte        // a line without its end
	line    []byte        // what is counted
	count   int64
}

func newValve() *valve {
	v := &valve{stalled: make(chan struct{}, 1)}
	v.open.L = &v.mu
	return v
}

// Write implements io.Writer.
func (v *valve) Write(data []byte) (int, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	for v.shut {
		select {
		case v.stalled <- struct{}{}:
		default:
		}
		v.open.Wait()
	}
	v.partial = append(v.partial, data...)
	for {
		line, rest, found := bytes.Cut(v.partial, []byte("\n"))
		if !found {
			break
		}
		if len(v.line) > 0 && bytes.Equal(line, v.line[:len(v.line)-1]) {
			v.count++
		}
		v.partial = rest
	}
	v.partial = append([]byte(nil), v.partial...)
	return len(data), nil
}

// close shuts the valve, and counts this line from now on.
func (v *valve) close(line string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	select {
	case <-v.stalled:
	default:
	}
	v.shut, v.line, v.count = true, []byte(line), 0
}

// release opens the valve.
func (v *valve) release() {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.shut = false
	v.open.Broadcast()
}

// counted returns how often the line has been printed.
func (v *valve) counted() int64 {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.count
}
