//go:build go1.21

package typed

import "reflect"

// value decodes a JSON text into a new value. It reports false if that is for encoding/json to do.
func (p *decodePlans) value(data []byte) (value reflect.Value, ok bool) {
	if p.top == nil {
		return value, false
	}
	d, _ := p.idle.Get().(*decoder)
	if d == nil {
		d = new(decoder)
	}
	defer p.idle.Put(d)
	value = reflect.New(p.typ).Elem()
	d.data, d.depth = data, 0
	end := p.top.decode(d, d.space(0), value)
	ok = end >= 0 && d.space(end) == len(data)
	d.data = nil
	return value, ok
}
