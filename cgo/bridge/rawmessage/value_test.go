package rawmessage_test

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/aws/aws-lambda-go/lambda"

	"github.com/go-sparta/sparta/cgo/bridge/rawmessage"
)

// samples are valid JSON and almost valid JSON: each kind of value, and each way to make it invalid.
var samples = []string{
	``, ` `, `null`, `nul`, `nulL`, `true`, `false`, `truex`, "\x00", `x`,
	`0`, `-0`, `-`, `01`, `1.`, `1.5`, `.5`, `1e`, `1e5`, `1E+5`, `1e-`, `-12.50e-07`, `123abc`, `+1`, `1 2`,
	`""`, `"`, `"a`, `"a"b`, `"\`, `"\"`, `"\""`, `"\b\f\n\r\t\/\\"`, `"\x"`,
	`"\u12"`, `"\u12G4"`, `"\u12aF"`, `"\u12a`,
	"\"\x1f\"", "\"\x7f\"", "\"\xff\xfe\"",
	"\"\u2028<&>\"", "\"\u2027\u2029\u202a\"", "\"\xe2\x80\"", "\"\xf0\u2028\xe2\"",
	"{\"\u2029\":1}", "[\u2028]", `"\u2028\ud800"`,
	"\"12345678\"", "\"1234567\x018\"", `"12345678\"`, `"1234567\u0041"`,
	`[]`, `[ ]`, `[`, `]`, `[,]`, `[1,]`, `[1 2]`, `[1,2]`, "[1,\n2]", `[[],[{}]]`, `[}`,
	`{}`, `{ }`, `{`, `}`, `{"a"}`, `{"a":}`, `{"a":1`, `{"a":1,}`, `{"a":1]`, `{a:1}`,
	`{"a" :1}`, `{"a": 1}`, `{"a":1,"a":2}`, `{"a":{"b":[1,{"c":null}]}}`,
	` {"a":1}`, `{"a":1} `, `{"a":1}{`, `[]x`, "\ufeff{}",
}

func FuzzLikeEncodingJSON(f *testing.F) {
	for _, sample := range samples {
		f.Add([]byte(sample))
	}
	f.Fuzz(likeEncodingJSON)
}

func TestDepthLikeEncodingJSON(t *testing.T) {
	for _, depth := range []int{10000, 10001} {
		likeEncodingJSON(t, []byte(strings.Repeat("[", depth)+strings.Repeat("]", depth)))
		likeEncodingJSON(t, []byte(strings.Repeat(`{"a":`, depth)+"1"+strings.Repeat("}", depth)))
	}
}

// likeEncodingJSON checks that the results are those of encoding/json, as aws-lambda-go calls it.
func likeEncodingJSON(t *testing.T, data []byte) {
	var event json.RawMessage
	_, err := lambda.NewHandler(func(got json.RawMessage) error {
		event = got
		return nil
	}).Invoke(context.Background(), data)
	value, ok := rawmessage.Value(data)
	if ok != (err == nil) {
		t.Fatalf("Value(%.100q) = %.100q, %v; encoding/json: %v", data, value, ok, err)
	}
	if ok && !bytes.Equal(value, event) {
		t.Fatalf("Value(%.100q) = %.100q; encoding/json: %.100q", data, value, event)
	}
	encoded, err := lambda.NewHandler(func() (json.RawMessage, error) {
		return append([]byte{}, data...), nil // a nil one is null
	}).Invoke(context.Background(), nil)
	if got, want := rawmessage.IsCompact(data), err == nil && bytes.Equal(encoded, data); got != want {
		t.Fatalf("IsCompact(%.100q) = %v; encoding/json: %.100q, %v", data, got, encoded, err)
	}
}

func BenchmarkValue(b *testing.B) {
	const record = `{"id":"0badcafe","place":[52.520008,13.404954],"note":"Fountain pen, fine nib","paid":true},`
	event := []byte(`{"records":[` + strings.Repeat(record, 1000) + `null]}`)
	b.SetBytes(int64(len(event)))
	for b.Loop() {
		if _, ok := rawmessage.Value(event); !ok {
			b.Fatal("not JSON")
		}
	}
}
