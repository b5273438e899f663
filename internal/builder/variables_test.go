package builder

import (
	"slices"
	"testing"
)

func TestVariablesOfGoCommands(t *testing.T) {
	for name, test := range map[string]struct {
		opts Options
		want []string
	}{
		"a package for Lambda":       {Options{}, nil},
		"a package for this machine": {Options{local: true}, []string{"CC=", "CXX="}},
		"the Go that linked it last": {Options{toolchain: "go1.25.0"}, []string{"GOTOOLCHAIN=go1.25.0"}},
	} {
		if got := test.opts.variables(); !slices.Equal(got, test.want) {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}
