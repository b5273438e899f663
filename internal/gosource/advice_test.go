package gosource_test

import (
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/gosource"
)

func TestAdviceForMessagesOfTheGoCommand(t *testing.T) {
	for name, test := range map[string]struct{ message, want string }{
		"no module": {
			"go: go.mod file not found in current directory or any parent directory",
			"run `go mod init github.com/me/shop`",
		},
		"the original's packages": {
			"main.go:3:8: no required module provides package github.com/mweagle/Sparta/cgo; to add it:\n\tgo get …",
			`import "github.com/go-sparta/sparta/cgo" instead of "github.com/mweagle/Sparta/cgo"`,
		},
		"a package without a successor": {
			"cannot find module providing package github.com/mweagle/Sparta/aws/step: import lookup disabled",
			`remove "github.com/mweagle/Sparta/aws/step", which has no successor`,
		},
		"the original's package after another one": {
			"a.go:3:8: no required module provides package example.com/a; to add it:\n\tgo get example.com/a\n" +
				"a.go:4:8: no required module provides package github.com/mweagle/Sparta/cgo: x",
			`import "github.com/go-sparta/sparta/cgo" instead of`,
		},
		"a module that lacks the original's package": {
			"module x@latest found (v1.0.0), but does not contain package github.com/mweagle/Sparta/cgo",
			`import "github.com/go-sparta/sparta/cgo" instead of`,
		},
		"an empty file": {
			"main.go:1:1: expected 'package', found 'EOF'",
			"main.go:1:1: expected 'package', found 'EOF'\nthe file has no code: remove it, or begin it with",
		},
		"no folder for temporary files": {"go: creating work dir: stat /none: no such file or directory", "set TMPDIR"},
		"no home for modules": {
			"go: module cache not found: neither GOMODCACHE nor GOPATH is set", "set HOME, or GOPATH and GOCACHE",
		},
		"no home for compiled packages": {
			"build cache is required, but could not be located: GOCACHE is not defined and neither $XDG_CACHE_HOME " +
				"nor $HOME are defined",
			"set HOME, or GOPATH and GOCACHE",
		},
		"a package that is not vendored": {
			"main.go:6:2: cannot find module providing package example.com/y: import lookup disabled by -mod=vendor",
			"run `go mod tidy` and `go mod vendor`",
		},
		"an older Go": {
			"go: go.mod requires go >= 1.27.0 (running go 1.26.8; GOTOOLCHAIN=local)",
			"install that version of Go, or set GOTOOLCHAIN=auto",
		},
		"a file that the module cache has lost": {
			"# a.b/c/d\nopen ../mod/a.b/c@v1.2.3/d/d.go: no such file or directory", "go clean -modcache",
		},
		"a module's header that the system lacks": {
			"../mod/a.b/c@v1.2.3/d.go:3:10: fatal error: zmq.h: No such file or directory",
			"zmq.h: No such file or directory",
		},
		"a line break in a path": {`invalid package directory "/a\nb"`, "rename it, or build a copy elsewhere"},
		"no network":             {"dial tcp: lookup proxy.golang.org: no such host", "connect to the network"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := gosource.WithAdvice(test.message).Error(); !strings.Contains(got, test.want) {
				t.Errorf("error is %q, want it to contain %q", got, test.want)
			}
		})
	}
}
