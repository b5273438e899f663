package expression_test

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/internal/expression"
)

// rendered is a value of another template library.
type rendered struct{ json string }

// MarshalJSON implements json.Marshaler.
func (r *rendered) MarshalJSON() ([]byte, error) {
	if r.json == "" {
		return nil, errors.New("nothing to render")
	}
	return json.RawMessage(r.json), nil
}

type name string

func TestExpressions(t *testing.T) {
	for title, test := range map[string]struct {
		value         any
		is, intrinsic bool
		text          string
		isText        bool
	}{
		"text":                       {value: "a", is: true, text: "a", isText: true},
		"empty text":                 {value: "", isText: true},
		"text of a type":             {value: name("a"), is: true, text: "a", isText: true},
		"Ref":                        {value: cloudformation.Ref("Topic"), is: true, intrinsic: true},
		"GetAtt":                     {value: cloudformation.GetAtt{"Topic", "Arn"}, is: true, intrinsic: true},
		"a map with Ref":             {value: map[string]any{"Ref": "Topic"}, is: true, intrinsic: true},
		"a map with Ref and another": {value: map[string]any{"Ref": "Topic", "a": 1}},
		"another map":                {value: map[string]any{"a": 1}},
		"another library's text":     {value: &rendered{`"a"`}, is: true, text: "a", isText: true},
		"another library's Ref":      {value: &rendered{`{"Ref":"Topic"}`}, is: true, intrinsic: true},
		"another library's error":    {value: &rendered{}},
		"another library's nil":      {value: (*rendered)(nil)},
		"a number":                   {value: 1},
		"a list":                     {value: []string{"a"}},
		"nil":                        {},
	} {
		text, isText := expression.Text(test.value)
		if is := expression.Is(test.value); is != test.is || text != test.text || isText != test.isText ||
			expression.IsIntrinsic(test.value) != test.intrinsic {
			t.Errorf("%s: Is %t, Text %q, %t, IsIntrinsic %t", title, is, text, isText,
				expression.IsIntrinsic(test.value))
		}
	}
}
