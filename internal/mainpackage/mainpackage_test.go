package mainpackage_test

import (
	"runtime/debug"
	"testing"

	"github.com/go-sparta/sparta/internal/mainpackage"
)

func TestOf(t *testing.T) {
	for name, test := range map[string]struct{ path, want string }{
		"a package":                {"example.com/app/cmd/api", "example.com/app/cmd/api"},
		"a module of one word":     {"main", "main"},
		"files":                    {"command-line-arguments", ""},
		"no information was added": {"", ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := mainpackage.Of(&debug.BuildInfo{Path: test.path}); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestPathOfATest(t *testing.T) {
	if got, want := mainpackage.Path(), "github.com/go-sparta/sparta/internal/mainpackage.test"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
