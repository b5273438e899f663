package typed

import (
	"bytes"
	"encoding/json"
	"math/rand"
	"reflect"
	"testing"
)

// encodesLikeEncodingJSON checks that a value is encoded as encoding/json does, called as aws-lambda-go calls it, or
// left to it. It reports which.
func encodesLikeEncodingJSON(t *testing.T, plans *encodePlans, value any) (encoded bool) {
	t.Helper()
	var want bytes.Buffer
	encoder := json.NewEncoder(&want)
	encoder.SetEscapeHTML(false)
	var wantErr error
	var got *Answer
	wantPanic := panicOf(func() { wantErr = encoder.Encode(value) })
	gotPanic := panicOf(func() { got = plans.encode(value) })
	if gotPanic != nil && wantPanic == nil {
		t.Fatalf("%T %#v: %v", value, value, gotPanic)
	}
	if got == nil {
		return false
	}
	if text := bytes.TrimSuffix(want.Bytes(), []byte("\n")); wantErr != nil || wantPanic != nil ||
		!bytes.Equal(got.Bytes(), text) {
		t.Fatalf("%T %#v: got %.500q, want %.500q, %v, %v", value, value, got.Bytes(), text, wantErr, wantPanic)
	}
	if err := got.Close(); err != nil {
		t.Fatal(err)
	}
	return true
}

// panicOf returns what a function has panicked with, as methods of the types do.
func panicOf(do func()) (value any) {
	defer func() { value = recover() }()
	do()
	return nil
}

func newValue(number uint16, from []byte) any {
	v := reflect.New(typeOf(number)).Elem()
	c := &choices{from: from}
	c.fill(v, 0)
	if v.Kind() != reflect.Interface && c.one(3) {
		return v.Addr().Interface()
	}
	return v.Interface()
}

// FuzzEncode encodes values that are made for a type.
func FuzzEncode(f *testing.F) {
	random := rand.New(rand.NewSource(3))
	// Few, because each run begins with all of them. The tests below go through all types.
	for number := range uint16(32) {
		from := make([]byte, 40)
		random.Read(from)
		f.Add(number, from)
	}
	plans := &encodePlans{}
	f.Fuzz(func(t *testing.T, number uint16, from []byte) {
		encodesLikeEncodingJSON(t, plans, newValue(number, from))
	})
}

func TestEncodeGeneratedValues(t *testing.T) {
	random := rand.New(rand.NewSource(4))
	encoded, all := 0, 0
	for number := range uint16(allTypes) {
		plans := &encodePlans{}
		for range 25 {
			from := make([]byte, random.Intn(120))
			random.Read(from)
			if encodesLikeEncodingJSON(t, plans, newValue(number, from)) {
				encoded++
			}
			all++
		}
	}
	t.Logf("%d of %d", encoded, all)
	if encoded < all/5 {
		t.Errorf("only %d of %d values are encoded", encoded, all)
	}
}

func TestAllTypesEncodeAllSamples(t *testing.T) {
	samples := samples(t)
	for number := range uint16(len(eventTypes) + len(oddTypes)) {
		typ := typeOf(number)
		plans := &encodePlans{}
		for _, data := range samples {
			if v := reflect.New(typ); json.Unmarshal(data, v.Interface()) == nil {
				encodesLikeEncodingJSON(t, plans, v.Interface())
				encodesLikeEncodingJSON(t, plans, v.Elem().Interface())
			}
		}
	}
}
