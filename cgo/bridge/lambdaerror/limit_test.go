package lambdaerror_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/aws/aws-lambda-go/lambda/messages"

	"github.com/go-sparta/sparta/cgo/bridge/lambdaerror"
)

func TestLongTextsAreCut(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		kept int // bytes
	}{
		"ASCII":                       {strings.Repeat("x", 5<<20), 5 << 20},
		"one byte more":               {strings.Repeat("x", 5<<20+1), 5 << 20},
		"quotes":                      {strings.Repeat(`"`, 5<<20), 5 << 19},
		"characters that are escaped": {strings.Repeat("é", 5<<20), 5 << 20 / 6 * 2},
		"control characters":          {strings.Repeat("\x01", 5<<20), 5 << 20 / 6},
		"characters of two escapes":   {strings.Repeat("🙂", 5<<20), 5 << 20 / 12 * 4},
		"not UTF-8":                   {strings.Repeat("\xff", 5<<20), 5 << 20 / 6},
	} {
		t.Run(name, func(t *testing.T) {
			var got document
			body := lambdaerror.Encode(&document{Type: "T", Message: c.text})
			if err := json.Unmarshal(body, &got); err != nil {
				t.Fatal(err)
			}
			want := strings.ToValidUTF8(c.text[:c.kept], "")
			message, rest, cut := strings.Cut(got.Message, "… (the first ")
			if message = strings.ReplaceAll(message, "\ufffd", ""); message != want || cut != (c.kept < len(c.text)) {
				t.Errorf("%d bytes, %.50q, then %q; want %d bytes", len(message), message, rest, len(want))
			}
		})
	}
}

func TestLongTypesAndTracesAreCut(t *testing.T) {
	own := document{Type: strings.Repeat("T", 7<<20), Message: "m"}
	for range 100_000 {
		own.StackTrace = append(own.StackTrace, &messages.InvokeResponse_Error_StackFrame{Path: "a.go", Label: "f"})
	}
	body := lambdaerror.Encode(&own)
	if len(body) > 1<<20 || !strings.Contains(string(body), "(the first 1024 of 7340032 bytes)") ||
		!strings.Contains(string(body), `"label":"f"`) {
		t.Errorf("%d bytes, %.2000s", len(body), body)
	}
	if len(own.Type) != 7<<20 || len(own.StackTrace) != 100_000 {
		t.Error("the application's own document has changed")
	}
}
