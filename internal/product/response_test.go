package product

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/lambdaruntime"
)

// limit is the size of the largest response that Lambda accepts.
const limit = 6<<20 + 100

// modes are the ways in which events and responses pass through Python.
func modes(t *testing.T) map[string]lambdaruntime.Options {
	return map[string]lambdaruntime.Options{
		"raw":                   {},
		"under an exec wrapper": {Env: []string{"AWS_LAMBDA_EXEC_WRAPPER=/opt/wrapper"}},
		"beside a package that wraps handlers": {Env: []string{pythonPath(t, map[string]string{
			"sitecustomize.py": "import sentry_sdk\n", "sentry_sdk.py": "",
		})}},
	}
}

// Every response arrives byte for byte in each mode.
func TestResponses(t *testing.T) {
	p := boundary(t)
	for version, python := range pythons(t) {
		for mode, options := range modes(t) {
			t.Run("Python "+version+"/"+mode, func(t *testing.T) {
				options.Python, options.Handler = python, "index.Respond"
				process := run(t, p.stage(), options)
				for name, want := range map[string][]byte{
					"nothing":                           {},
					"one byte":                          []byte("7"),
					"NUL bytes":                         []byte("\"a\x00b\x00\""),
					"nothing but a NUL byte":            {0},
					"no ASCII":                          []byte(`"grüße 🙂 ` + "\u2028" + `"`),
					"an escaped lone surrogate":         []byte(`"\ud800 \udfff"`),
					"spaces and a line feed at the end": []byte(" {\"a\" :\t1.10 }\n"),
					"no JSON":                           []byte("{oops"),
					"NaN":                               []byte("NaN"),
					"invalid UTF-8":                     []byte("\"\xff\xfe\x00\xc3\""),
					"every byte":                        everyByte(),
					"6 MiB exactly":                     bytes.Repeat([]byte("x"), 6<<20),
					"the most that Lambda accepts":      bytes.Repeat([]byte("y"), limit),
					"the most, of NUL bytes":            make([]byte, limit),
				} {
					t.Run(name, func(t *testing.T) {
						response := process.invoke(t, lambdaruntime.Request{Payload: recipe(want)})
						if response.Failed || !bytes.Equal(response.Payload, want) {
							t.Errorf("got %d bytes %.100q (failed: %v), want %d bytes %.100q",
								len(response.Payload), response.Payload, response.Failed, len(want), want)
						}
						if mode == "raw" && response.ContentType != "application/octet-stream" {
							t.Errorf("content type %q", response.ContentType)
						}
					})
				}
				t.Run("one byte more", func(t *testing.T) {
					got := process.failure(t, string(recipe(make([]byte, limit+1))))
					if got.ErrorType != "Function.ResponseSizeTooLarge" ||
						!strings.Contains(got.ErrorMessage, "6291556") {
						t.Errorf("got %+v", got)
					}
				})
			})
		}
	}
}

func everyByte() []byte {
	all := make([]byte, 256)
	for i := range all {
		all[i] = byte(i)
	}
	return all
}

// recipe returns the event with which Respond returns these bytes, as runs of equal bytes.
func recipe(want []byte) []byte {
	type piece struct {
		Bytes []int
		Times int
	}
	pieces := []piece{}
	for _, b := range want {
		if last := len(pieces) - 1; last >= 0 && pieces[last].Bytes[0] == int(b) {
			pieces[last].Times++
		} else {
			pieces = append(pieces, piece{[]int{int(b)}, 1})
		}
	}
	event, err := json.Marshal(pieces)
	if err != nil {
		panic(err)
	}
	return event
}

// Events arrive byte for byte if only Go reads them, and otherwise with the same meaning.
func TestEvents(t *testing.T) {
	p := boundary(t)
	large := `{"text": "` + strings.Repeat("ü", 3<<19) + `"}`
	for version, python := range pythons(t) {
		for mode, options := range modes(t) {
			t.Run("Python "+version+"/"+mode, func(t *testing.T) {
				options.Python, options.Handler = python, "index.Echo"
				process := run(t, p.stage(), options)
				for _, event := range []string{
					`{}`, `null`, `""`, ` [ 1.10, 1e2, 12345678901234567890, -0.0 ] `, `{"b":1,"a":2,"b":3}`,
					`"\ud800"`, `"\u0000"`, `"🙂\/"`, large,
				} {
					t.Run(fmt.Sprintf("%.20s", event), func(t *testing.T) {
						response := process.invoke(t, lambdaruntime.Request{Payload: []byte(event)})
						if response.Failed {
							t.Fatalf("failed: %.200s", response.Payload)
						}
						if mode == "raw" {
							if string(response.Payload) != event {
								t.Errorf("got %.100q, want %.100q", response.Payload, event)
							}
						} else if got, want := normal(t, response.Payload), normal(t, []byte(event)); got != want {
							t.Errorf("got %.100s, want %.100s", got, want)
						}
					})
				}
				// The space shows whether Python's json has encoded it.
				response := process.invoke(t, lambdaruntime.Request{Payload: []byte(`[1,2]`)})
				want := "[1, 2]"
				if mode == "raw" {
					want = "[1,2]"
				}
				if string(response.Payload) != want {
					t.Errorf("got %s, want %s: the mode is not %s", response.Payload, want, mode)
				}
			})
		}
	}
}

// normal returns JSON as Go would write it.
func normal(t testing.TB, text []byte) string {
	t.Helper()
	var value any
	if err := json.Unmarshal(text, &value); err != nil {
		t.Fatalf("%.100q: %v", text, err)
	}
	out, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// A typed handler's value is encoded as aws-lambda-go encodes it.
func TestTypedResponse(t *testing.T) {
	process := run(t, boundary(t).stage(), lambdaruntime.Options{Handler: "index.Typed"})
	response := process.invoke(t, lambdaruntime.Request{Payload: []byte("{}")})
	// For bytes that are not UTF-8, Go 1.27 writes the replacement character, and Go 1.26 its escape.
	replaced, err := json.Marshal("\xff")
	if err != nil {
		t.Fatal(err)
	}
	want := `{"html":"<b>&amp;</b>","nothing":null,"number":1e+21,"text":"a\u0000b` + strings.Trim(string(replaced),
		`"`) + `\u2028"}`
	if got := strings.TrimSuffix(string(response.Payload), "\n"); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
