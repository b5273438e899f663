package typed

import (
	"bytes"
	"encoding/json"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// samples are events of aws-lambda-go's tests, by the names of their files.
func samples(t testing.TB) map[string][]byte {
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/aws/aws-lambda-go").Output()
	if err != nil {
		t.Fatal(err)
	}
	paths, err := filepath.Glob(filepath.Join(strings.TrimSpace(string(out)), "events", "testdata", "*.json"))
	if err != nil || len(paths) < 80 {
		t.Fatalf("%d samples, %v", len(paths), err)
	}
	found := map[string][]byte{}
	for _, path := range paths {
		if found[filepath.Base(path)], err = os.ReadFile(path); err != nil {
			t.Fatal(err)
		}
	}
	return found
}

// decodesLikeEncodingJSON checks that a text is decoded as encoding/json does, called as aws-lambda-go calls it, or
// left to it. It reports which.
func decodesLikeEncodingJSON(t *testing.T, plans *decodePlans, data []byte) (decoded bool) {
	t.Helper()
	typ := plans.typ
	want := reflect.New(typ)
	wantErr := json.NewDecoder(bytes.NewReader(data)).Decode(want.Interface())
	sent := bytes.Clone(data)
	got, ok := plans.value(sent)
	if !bytes.Equal(sent, data) {
		t.Fatalf("%v: decoding %.500q has changed it to %.500q", typ, data, sent)
	}
	if !ok {
		return false
	}
	clear(sent) // the value must not share its memory
	if wantErr != nil || !reflect.DeepEqual(got.Interface(), want.Elem().Interface()) {
		t.Fatalf("%v of %.500q: got %+v, want %+v, %v", typ, data, got, want.Elem(), wantErr)
	}
	return true
}

// FuzzDecode decodes JSON that is made for a type.
func FuzzDecode(f *testing.F) {
	random := rand.New(rand.NewSource(1))
	// Few, because each run begins with all of them. The tests below go through all types.
	for number := range uint16(32) {
		from := make([]byte, 40)
		random.Read(from)
		f.Add(number, from)
	}
	f.Fuzz(func(t *testing.T, number uint16, from []byte) {
		typ := typeOf(number)
		decodesLikeEncodingJSON(t, decodePlansOf(typ), generate(typ, from))
	})
}

// FuzzDecodeText decodes any text.
func FuzzDecodeText(f *testing.F) {
	number := uint16(0)
	for _, data := range samples(f) {
		f.Add(number, data)
		number++
	}
	f.Fuzz(func(t *testing.T, number uint16, data []byte) {
		decodesLikeEncodingJSON(t, decodePlansOf(typeOf(number)), data)
	})
}

func TestAllTypesDecodeAllSamples(t *testing.T) {
	samples := samples(t)
	for number := range uint16(len(eventTypes) + len(oddTypes)) {
		plans := decodePlansOf(typeOf(number))
		for _, data := range samples {
			decodesLikeEncodingJSON(t, plans, data)
		}
	}
}

func TestDecodeGeneratedTexts(t *testing.T) {
	random := rand.New(rand.NewSource(2))
	decoded, all := 0, 0
	for number := range uint16(allTypes) {
		typ := typeOf(number)
		plans := decodePlansOf(typ)
		for range 25 {
			from := make([]byte, random.Intn(120))
			random.Read(from)
			if decodesLikeEncodingJSON(t, plans, generate(typ, from)) {
				decoded++
			}
			all++
		}
	}
	t.Logf("%d of %d", decoded, all)
	if decoded < all/5 {
		t.Errorf("only %d of %d texts are decoded", decoded, all)
	}
}
