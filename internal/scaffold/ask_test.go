package scaffold

import (
	"bytes"
	"context"
	"io"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/testfiles"
)

func TestQuestions(t *testing.T) {
	for name, test := range map[string]struct {
		given, want Options
		answers     string
		shown       []string
		err         string
	}{
		"nothing is given": {
			answers: "shop\nqueue\ngithub.com/me/shop\n",
			want:    Options{Name: "shop", Template: "queue", Module: "github.com/me/shop"},
			shown: []string{
				"Name of the application: ", "  queue     a function", "[hello]: ", "[example.com/shop]: ",
			},
		},
		"suggestions": {
			given:   Options{Name: "shop"},
			answers: "\n\n",
			want:    Options{Name: "shop", Template: "hello", Module: "example.com/shop"},
		},
		"wrong answers": {
			answers: "a/b\ntaken\nshop\napl\napi\na b\nshop\n",
			want:    Options{Name: "shop", Template: "api", Module: "shop"},
			shown: []string{
				"Error: the application's name is \"a/b\"", "Error: the folder taken exists already",
				"did you mean api?", "Error: the module path \"a b\"",
			},
		},
		"everything is given": {
			given: Options{Name: "shop", Template: "api", Module: "m"},
			want:  Options{Name: "shop", Template: "api", Module: "m"},
		},
		"a name that is taken": {
			given: Options{Name: "taken"}, want: Options{Name: "taken"}, err: "the folder taken exists already",
		},
		"a module path of the standard library": {
			given: Options{Module: "net/shop"}, want: Options{Module: "net/shop"},
			err: "use a path such as example.com/net/shop",
		},
		"a module path of the standard library as an answer": {
			given:   Options{Name: "shop", Template: "api"},
			answers: "net/foo\n\n",
			want:    Options{Name: "shop", Template: "api", Module: "example.com/shop"},
			shown: []string{
				`Error: the module path "net/foo" begins with the name of a package of the standard library`,
			},
		},
		"a program that is not of a release": {
			given: Options{Source: Source{Version: "(devel)"}}, want: Options{Source: Source{Version: "(devel)"}},
			err: "name a clone with --replace",
		},
		"a template that does not exist": {
			given: Options{Template: "apl"}, want: Options{Template: "apl"}, err: "did you mean api?",
		},
		"the end of the input": {
			given: Options{Name: "shop"}, answers: "api\n", want: Options{Name: "shop", Template: "api"},
			err: "the input ended before all questions were answered",
		},
	} {
		t.Run(name, func(t *testing.T) {
			test.given.Dir = testfiles.Unpack(t, "-- taken/x --\n")
			if test.given.Source == (Source{}) {
				test.given.Source, test.want.Source = released, released
			}
			var out bytes.Buffer
			got, err := NewTerminal(strings.NewReader(test.answers), &out).Ask(t.Context(), test.given)
			got.Dir = ""
			if got != test.want || !says(err, test.err) {
				t.Errorf("got %+v, %v, want %+v\n%s", got, err, test.want, &out)
			}
			for _, text := range test.shown {
				if !strings.Contains(out.String(), text) {
					t.Errorf("it has shown %s, want %q", &out, text)
				}
			}
			if len(test.shown) == 0 && test.answers == "" && out.Len() > 0 {
				t.Errorf("it has asked: %s", &out)
			}
		})
	}
}

func TestAnInterruptEndsAQuestion(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	silent, writer := io.Pipe()
	defer writer.Close()
	options := Options{Dir: t.TempDir(), Source: released}
	if _, err := NewTerminal(silent, whenWritten(cancel)).Ask(ctx, options); !says(err, "interrupted") {
		t.Errorf("got %v", err)
	}
}

// whenWritten is a writer that calls a function whenever something is written.
type whenWritten func()

func (w whenWritten) Write(p []byte) (int, error) {
	w()
	return len(p), nil
}
