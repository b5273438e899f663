//go:build go1.21

package typed

import (
	"reflect"
	"strconv"
	"strings"
)

// decodeObject returns the function for an object in S3, whose key is also decoded as a URL's. It returns nil if the
// method of the type decodes another key from the sample.
func decodeObject(t reflect.Type, of func(reflect.Type) *decodePlan) decodeFunc {
	if t.Kind() != reflect.Struct {
		return nil
	}
	text := reflect.TypeOf("")
	key, hasKey := t.FieldByName("Key")
	decoded, hasDecoded := t.FieldByName("URLDecodedKey")
	fields := newStructDecoder(t, of)
	if !hasKey || !hasDecoded || key.Type != text || decoded.Type != text || fields == nil {
		return nil
	}
	decode := func(d *decoder, i int, into reflect.Value) int {
		end := fields.decode(d, i, into)
		if end < 0 {
			return -1
		}
		plain, ok := unescapeQuery(into.FieldByIndex(key.Index).String())
		if !ok {
			return -1
		}
		into.FieldByIndex(decoded.Index).SetString(plain)
		return end
	}
	return likeMethod(t, decode, `{"key":"a/b+c%20d%C3%bc","urlDecodedKey":"x","size":12,"other":1}`, `{"eTag":"x"}`)
}

// unescapeQuery decodes a text as net/url's QueryUnescape does, and reports whether it can be decoded.
func unescapeQuery(text string) (string, bool) {
	if !strings.ContainsAny(text, "%+") {
		return text, true
	}
	plain := make([]byte, 0, len(text))
	for i := 0; i < len(text); i++ {
		switch c := text[i]; c {
		case '+':
			plain = append(plain, ' ')
		case '%':
			if i+2 >= len(text) {
				return "", false
			}
			decoded, err := strconv.ParseUint(text[i+1:i+3], 16, 8)
			if err != nil {
				return "", false
			}
			plain = append(plain, byte(decoded))
			i += 2
		default:
			plain = append(plain, c)
		}
	}
	return string(plain), true
}
