//go:build go1.21

package typed

import (
	"encoding/json"
	"reflect"
)

// likeMethod returns decode if it decodes samples as the method of their type does. The method may be that of another
// version of aws-lambda-go than is known here.
func likeMethod(t reflect.Type, decode decodeFunc, samples ...string) decodeFunc {
	for _, sample := range samples {
		want, got := reflect.New(t), reflect.New(t)
		if err := want.Interface().(json.Unmarshaler).UnmarshalJSON([]byte(sample)); err != nil {
			return nil
		}
		d := &decoder{data: []byte(sample)}
		if decode(d, 0, got.Elem()) != len(sample) || !reflect.DeepEqual(got.Interface(), want.Interface()) {
			return nil
		}
	}
	return decode
}
