package invocation

import (
	"strings"
	"testing"
)

func TestChooseDescribed(t *testing.T) {
	const one = `Welcome
sparta service: {"functions":[{"description":{"name":"summarize","handler":"app.handle"}}]}
`
	const two = `sparta service: {"functions":[` +
		`{"description":{"name":"a","handler":"app.a"}},{"description":{"name":"b","handler":"index.b"}}]}`
	for name, c := range map[string]struct{ output, name, handler, function, error string }{
		"the only one":        {one, "", "app.handle", "summarize", ""},
		"the only one, named": {one, "summarize", "app.handle", "summarize", ""},
		"one of several":      {two, "b", "index.b", "b", ""},
		"none of several":     {two, "", "", "", "there are several functions: choose one with -function: a, b"},
		"an unknown one":      {two, "c", "", "", `no function "c": choose one of a, b`},
		"no description":      {"Welcome\n", "", "", "", "main must call cgo.Main"},
		"not JSON":            {"sparta service: x\n", "", "", "", "read the description of the functions: invalid"},
	} {
		t.Run(name, func(t *testing.T) {
			handler, function, err := ChooseDescribed([]byte(c.output), c.name)
			if handler != c.handler || function != c.function {
				t.Errorf("got %q and %q, want %q and %q", handler, function, c.handler, c.function)
			}
			if (err == nil) != (c.error == "") || err != nil && !strings.Contains(err.Error(), c.error) {
				t.Errorf("error %v, want %q", err, c.error)
			}
		})
	}
}
