package typed

import (
	"encoding/json"
	"math/rand"
	"reflect"
	"strings"
	"testing"
)

// TestLongTexts decodes and encodes texts that are long enough for masks of 64 bytes, with everything that is special
// in any place of a mask.
func TestLongTexts(t *testing.T) {
	decoding := decodePlansOf(reflect.TypeOf([]string{}))
	encoding := &encodePlans{}
	written := []string{
		`\"`, `\\`, `\\\"`, `\/`, `\n`, `\u00e9`, `\ud83d\ude00`, `\u2028`, `\u0000`, "é", "\U0001f600", ",", `\"\"`,
		"plain", strings.Repeat("x", 15), strings.Repeat("y", 33), strings.Repeat("z", 70),
	}
	wrong := []string{`"`, `\`, `\x`, `\u12`, `\ud800`, "\x1f", "\n", "\xff", `\u12"4`, `\ud83d\"`}
	meant := []string{`"`, `\`, "\x00", "\n", "\x1f", "é", "\u2028", "\xff", "\x7f", "plain", strings.Repeat("x", 40)}
	random := rand.New(rand.NewSource(4))
	decoded, encoded := 0, 0
	const times = 20000
	for range times {
		event := `["` + texts(random, written) + `", "b` + texts(random, written) + `"]`
		if random.Intn(4) == 0 {
			at := random.Intn(len(event))
			event = event[:at] + wrong[random.Intn(len(wrong))] + event[at:]
		}
		if decodesLikeEncodingJSON(t, decoding, []byte(event)) {
			decoded++
		}
		of := meant
		if random.Intn(2) == 0 { // without what is left to encoding/json
			of = meant[:6]
		}
		if encodesLikeEncodingJSON(t, encoding, []string{texts(random, of), texts(random, of)}) {
			encoded++
		}
	}
	if decoded < times/2 || encoded < times/3 {
		t.Errorf("of %d, only %d are decoded, and %d encoded", times, decoded, encoded)
	}
}

func texts(random *rand.Rand, of []string) string {
	var text strings.Builder
	text.WriteString(strings.Repeat("a", random.Intn(70)))
	for range random.Intn(60) {
		text.WriteString(of[random.Intn(len(of))])
	}
	return text.String()
}

// TestEachPlaceOfAMask has one special text in each place of a long one.
func TestEachPlaceOfAMask(t *testing.T) {
	decoding := decodePlansOf(reflect.TypeOf(""))
	encoding := &encodePlans{}
	for _, special := range []string{`"`, `\`, `\"`, "\n", "\x01", "é", "\U0001f600"} {
		for at := range 200 {
			text := strings.Repeat("a", at) + special + strings.Repeat("b", 199-at)
			if !encodesLikeEncodingJSON(t, encoding, text) {
				t.Fatalf("%q is left to encoding/json", text)
			}
			event, err := json.Marshal(text)
			if err != nil {
				t.Fatal(err)
			}
			if !decodesLikeEncodingJSON(t, decoding, event) {
				t.Fatalf("%s is left to encoding/json", event)
			}
		}
	}
}

// TestRoomForEscapes encodes texts that become much longer, in memory that has never had a longer one.
func TestRoomForEscapes(t *testing.T) {
	for _, piece := range []string{"\x01", `"`, "\x01a", strings.Repeat("a", 33) + "\x1f\x1f\x1f"} {
		for times := range 300 {
			if text := strings.Repeat(piece, times); !encodesLikeEncodingJSON(t, &encodePlans{}, text) {
				t.Fatalf("%q is left to encoding/json", text)
			}
		}
	}
}
