//go:build go1.21

package typed

import (
	"bytes"
	"encoding/json"
	"reflect"
)

// encodeElsewhere has encoding/json encode a value, which has another encoding where it has an address.
func encodeElsewhere(e *encoder, v reflect.Value) bool {
	if v.CanAddr() {
		v = v.Addr()
	}
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if encoder.Encode(v.Interface()) != nil {
		return false
	}
	e.out = append(e.out, bytes.TrimSuffix(out.Bytes(), []byte("\n"))...)
	return true
}
