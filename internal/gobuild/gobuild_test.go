package gobuild

import (
	"slices"
	"testing"
)

func TestGoBuildArgs(t *testing.T) {
	tests := map[string]struct {
		build Build
		want  []string
	}{
		"the zero settings": {
			Build{Package: ".", Output: "/w/a.so"},
			[]string{
				"build", "-buildmode=c-shared", "-trimpath", "-buildvcs=false", "-tags=lambdabinary",
				"-ldflags=-s -w -compressdwarf=false",
				"-o", "/w/a.so", ".",
			},
		},
		// Defect 12 of the original Sparta: of two -tags flags the first was overridden.
		"tags of every source become one flag, each tag once and sorted": {
			Build{Package: "./cmd/x", Output: "/w/x.so", Tags: []string{"sqlite,lambdabinary", "netgo sqlite", ""}},
			[]string{
				"build", "-buildmode=c-shared", "-trimpath", "-buildvcs=false", "-tags=lambdabinary,netgo,sqlite",
				"-ldflags=-s -w -compressdwarf=false",
				"-o", "/w/x.so", "./cmd/x",
			},
		},
		"linker flags become one flag, and values with spaces stay whole": {
			Build{Package: ".", Output: "/w/a.so", LDFlags: `-w -X 'main.motto=to be or not' -X main.version=1.2`},
			[]string{
				"build", "-buildmode=c-shared", "-trimpath", "-buildvcs=false", "-tags=lambdabinary",
				`-ldflags=-s -w -compressdwarf=false -w -X 'main.motto=to be or not' -X main.version=1.2`,
				"-o", "/w/a.so", ".",
			},
		},
		"for a debugger, even if the user's flags strip the symbols": {
			Build{Package: ".", Output: "/w/a.so", LDFlags: "-s -X main.v=1", Debug: true},
			[]string{
				"build", "-buildmode=c-shared", "-gcflags=all=-N -l", "-buildvcs=false", "-tags=lambdabinary",
				"-ldflags=-s -X main.v=1 -s=false -w=false",
				"-o", "/w/a.so", ".",
			},
		},
		"an overlay, a module mode and paths with spaces are arguments of their own": {
			Build{Package: "example.com/a", Output: "/my w/a.so", Overlay: "/my w/overlay.json", Mod: "vendor"},
			[]string{
				"build", "-buildmode=c-shared", "-trimpath", "-buildvcs=false", "-tags=lambdabinary",
				"-ldflags=-s -w -compressdwarf=false",
				"-mod=vendor", "-overlay=/my w/overlay.json",
				"-o", "/my w/a.so", "example.com/a",
			},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := test.build.Args(); !slices.Equal(got, test.want) {
				t.Errorf("args()\n got %q\nwant %q", got, test.want)
			}
		})
	}
}

func TestGoBuildArgsDoNotChangeTheTags(t *testing.T) {
	tags := append(make([]string, 0, 4), "b", "a")
	Build{Tags: tags}.Args()
	if tags = tags[:3]; tags[2] != "" {
		t.Errorf("args() wrote %q into the caller's array", tags[2])
	}
}
