package programs

import (
	"os"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestALongVariableArrives(t *testing.T) {
	const variable LongVariable = "TEXT"
	for name, text := range map[string]string{
		"no text":                                   "",
		"a short text":                              `{"Name":"Shop"}`,
		"a text that fills a variable":              strings.Repeat("x", pieceSize),
		"a text with one byte more":                 strings.Repeat("x", pieceSize+1),
		"a text that no variable of Linux can hold": strings.Repeat("0123456789", 50_000),
		"characters of three bytes":                 strings.Repeat("€", pieceSize),
		"bytes that are not UTF-8":                  strings.Repeat("\x80", 2*pieceSize),
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("TEXT_1", "of the parent's environment")
			entries := variable.Entries(text)
			for _, entry := range entries {
				name, value, _ := strings.Cut(entry, "=")
				if len(value) > pieceSize || utf8.ValidString(text) && !utf8.ValidString(value) {
					t.Errorf("%s has %d bytes, or ends within a character", name, len(value))
				}
				t.Setenv(name, value)
			}
			if got, ok := variable.Lookup(); got != text || !ok {
				t.Errorf("got %d bytes, %t; want the %d bytes of the text", len(got), ok, len(text))
			}
			if err := variable.Unset(); err != nil {
				t.Fatal(err)
			}
			for _, entry := range os.Environ() {
				if strings.HasPrefix(entry, "TEXT") {
					t.Errorf("%.20s is left in the environment", entry)
				}
			}
			if got, ok := variable.Lookup(); got != "" || ok {
				t.Errorf("after Unset the text is %q, %t", got, ok)
			}
		})
	}
}
