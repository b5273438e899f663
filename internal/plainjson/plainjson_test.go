package plainjson

import (
	"bytes"
	"testing"
)

func TestNothingIsEscapedForHTML(t *testing.T) {
	value := map[string]any{"a": "<b> & c", "d": []int{1}}
	got, err := Marshal(value)
	if want := `{"a":"<b> & c","d":[1]}`; err != nil || string(got) != want {
		t.Errorf("Marshal: %s, %v; want %s", got, err, want)
	}
	var out bytes.Buffer
	err = Write(&out, value)
	if want := "{\n  \"a\": \"<b> & c\",\n  \"d\": [\n    1\n  ]\n}\n"; err != nil || out.String() != want {
		t.Errorf("Write: %q, %v; want %q", &out, err, want)
	}
	for name, err := range map[string]error{
		"Marshal": func() error { _, err := Marshal(func() {}); return err }(), "Write": Write(&out, func() {}),
	} {
		if err == nil {
			t.Errorf("%s encodes a function", name)
		}
	}
}
