// Package testoutput collects what processes and goroutines write, for tests and benchmarks that read it meanwhile.
package testoutput

import (
	"bytes"
	"sync"
)

// Output holds what was written to it. The zero value is empty.
type Output struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (o *Output) Write(text []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.Write(text)
}

// String returns all that was written so far.
func (o *Output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String()
}
