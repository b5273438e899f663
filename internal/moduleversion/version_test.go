package moduleversion_test

import (
	"runtime/debug"
	"testing"

	"github.com/go-sparta/sparta/internal/moduleversion"
)

func TestOf(t *testing.T) {
	const sparta = "github.com/go-sparta/sparta"
	tests := map[string]struct {
		info debug.BuildInfo
		want string
	}{
		"an application that requires the module": {
			debug.BuildInfo{
				Main: debug.Module{Path: "app", Version: "v9.0.0"},
				Deps: []*debug.Module{{Path: "other", Version: "v8.0.0"}, {Path: sparta, Version: "v1.2.3"}},
			},
			"v1.2.3",
		},
		"a module that is replaced by a fork": {
			debug.BuildInfo{
				Deps: []*debug.Module{
					{Path: sparta, Version: "v1.2.3", Replace: &debug.Module{Path: "fork", Version: "v1.2.4"}},
				},
			},
			"v1.2.4",
		},
		"a module that is replaced by a directory": {
			debug.BuildInfo{
				Deps: []*debug.Module{{Path: sparta, Version: "v1.2.3", Replace: &debug.Module{Path: "../sparta"}}},
			},
			"(devel)",
		},
		"the module's own programs": {debug.BuildInfo{Main: debug.Module{Path: sparta, Version: "v1.2.3"}}, "v1.2.3"},
		"its own tests":             {debug.BuildInfo{Main: debug.Module{Path: sparta}}, "(devel)"},
		"no module":                 {debug.BuildInfo{}, "(devel)"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := moduleversion.Of(&test.info); got != test.want {
				t.Errorf("version is %s, want %s", got, test.want)
			}
		})
	}
}
