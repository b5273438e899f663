//go:build go1.21

package typed

import "bytes"

// Answer is the JSON of a handler's answer, until it is closed.
type Answer struct {
	*bytes.Buffer
	close func()
}

// ContentType returns that of JSON.
func (*Answer) ContentType() string { return "application/json" }

// Close lets other answers have the memory. It is called once.
func (a *Answer) Close() error {
	a.close()
	return nil
}

// encode returns nil if a value is for encoding/json to encode.
func (p *encodePlans) encode(value any) *Answer {
	e, _ := p.idle.Get().(*encoder)
	if e == nil {
		e = &encoder{of: p.of}
	}
	e.out, e.depth = e.out[:0], 0
	if !e.any(value) {
		p.idle.Put(e)
		return nil
	}
	return &Answer{bytes.NewBuffer(e.out), func() { p.idle.Put(e) }}
}
