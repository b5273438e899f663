package show

import (
	"slices"
	"testing"

	"github.com/go-sparta/sparta/cloudformation"
)

func TestExpressionsInWords(t *testing.T) {
	tests := map[string]struct {
		value any
		want  []string
	}{
		"text":             {"arn:aws:s3:::a/*", []string{"arn:aws:s3:::a/*"}},
		"a reference":      {cloudformation.Ref("Queue"), []string{"Queue"}},
		"an attribute":     {cloudformation.GetAtt{"Queue", "Arn"}, []string{"Queue.Arn"}},
		"as a map":         {map[string]any{"Fn::GetAtt": []string{"Queue", "Arn"}}, []string{"Queue.Arn"}},
		"a substitution":   {cloudformation.Sub("a-${B}"), []string{"a-${B}"}},
		"another":          {map[string]any{"Fn::If": []any{"A", "b<", "c"}}, []string{`{"Fn::If":["A","b<","c"]}`}},
		"a list":           {[]any{"a", cloudformation.Ref("B")}, []string{"a", "B"}},
		"what has no JSON": {func() {}, []string{"(not JSON)"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := Expressions(test.value); !slices.Equal(got, test.want) {
				t.Errorf("words are %q, want %q", got, test.want)
			}
		})
	}
}
