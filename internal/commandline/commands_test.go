package commandline_test

import (
	"testing"

	"github.com/go-sparta/sparta/internal/commandline"
)

func TestThePageOfDescribe(t *testing.T) {
	for name, c := range map[string]struct {
		describe commandline.Describe
		want     string
	}{
		"no flags":        {commandline.Describe{}, ".sparta/describe.html"},
		"another file":    {commandline.Describe{Out: "page.html"}, "page.html"},
		"JSON":            {commandline.Describe{JSON: true}, ""},
		"JSON and a file": {commandline.Describe{JSON: true, Out: "page.html"}, "page.html"},
	} {
		if got := c.describe.Page(); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

func TestTheVersionOfRollback(t *testing.T) {
	for name, c := range map[string]struct {
		argument, flag string
		want           string
	}{
		"only an argument": {"7", "", ""},
		"the same twice":   {"7", "7", ""},
		"two versions":     {"7", "6", "version 7 and --version=6 are different: use one of them"},
	} {
		got := ""
		if err := commandline.CheckVersion(c.argument, c.flag); err != nil {
			got = err.Error()
		}
		if got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}
