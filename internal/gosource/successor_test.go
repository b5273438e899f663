package gosource

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/testfiles"
)

func TestSuccessorsOfTheOriginalsPackages(t *testing.T) {
	const own, theirs = "github.com/go-sparta/sparta", "github.com/mweagle/Sparta"
	for path, want := range map[string]string{
		theirs:                                       own + "/sparta",
		theirs + "/v2":                               own + "/sparta",
		theirs + "/v3":                               own + "/sparta",
		theirs + "/v12/cgo":                          own + "/cgo",
		theirs + "/v":                                "",
		theirs + "/vault":                            "",
		theirs + "/v3x":                              "",
		"github.com/mweagle/sparta":                  own + "/sparta",
		theirs + "/cgo":                              own + "/cgo",
		theirs + "/magefile":                         own + "/magefile",
		theirs + "/v3/magefile":                      own + "/magefile",
		theirs + "/aws/cloudformation":               own + "/cloudformation",
		"github.com/mweagle/go-cloudformation":       own + "/cloudformation",
		theirs + "/v3/aws/events":                    own + "/sparta/events",
		own + "/aws/events":                          own + "/sparta/events",
		theirs + "/decorator":                        own + "/decorator",
		theirs + "/aws/step":                         "",
		theirs + "/v3/archetype":                     "",
		own + "/archetype":                           "",
		"github.com/mweagle/cloudformationresources": "",
	} {
		if got, stale := successor(path); got != want || !stale {
			t.Errorf("successor(%q) is %q (stale: %t), want %q", path, got, stale, want)
		}
	}
	for _, path := range []string{
		own + "/cgo", own + "/spartamage", own + "/magefile",
		"github.com/go-sparta/sparta-plugins", "github.com/mweagle/SpartaVault",
		"github.com/aws/aws-lambda-go/events", "example.com/sparta",
	} {
		if got, stale := successor(path); stale {
			t.Errorf("%q counts as a package of the original, with the successor %q", path, got)
		}
	}
}

// Each import of a package that is no longer where it was is named, with what to import.
func TestStaleImports(t *testing.T) {
	dir := testfiles.Unpack(t, `
-- go.mod --
module example.com/app

go 1.24
-- main.go --
package main

import (
	"example.com/app/deep"

	sparta "github.com/mweagle/Sparta/v3"
	"github.com/mweagle/Sparta/v3/aws/step"
)

func main() { deep.Run(sparta.X, step.Y) }
-- deep/deep.go --
package deep

import _ "github.com/mweagle/Sparta/cgo"

func Run(...any) {}
`)
	_, err := listed(t, dir, ".")
	want := "this module replaces the original Sparta; run 'sparta port' (docs/from-sparta.md), or " +
		"change these imports:\n" +
		"\tDIR/deep/deep.go:3:8: import `OWN/cgo` instead of `ORIGINAL/cgo`\n" +
		"\tDIR/main.go:6:2: import `OWN/sparta` instead of `ORIGINAL/v3`\n" +
		"\tDIR/main.go:7:2: remove `ORIGINAL/v3/aws/step`, which has no successor"
	want = strings.NewReplacer(
		"`", `"`, "'", "`", "DIR", dir, "OWN", ModulePath, "ORIGINAL", "github.com/mweagle/Sparta",
	).Replace(want)
	if err == nil || err.Error() != want {
		t.Errorf("error is %v\nwant %s", err, want)
	}
}

// An application that has the original as a module may continue to use it, unless it is the package for Python.
func TestTheOriginalAsAModule(t *testing.T) {
	dir := testfiles.Unpack(t, `
-- app/go.mod --
module example.com/app

go 1.24

require github.com/mweagle/Sparta v1.15.0

replace github.com/mweagle/Sparta => ../original
-- app/main.go --
package main

import _ "github.com/mweagle/Sparta"

func main() {}
-- app/python/main.go --
package main

import _ "github.com/mweagle/Sparta/cgo"

func main() {}
-- original/go.mod --
module github.com/mweagle/Sparta
-- original/sparta.go --
package sparta

import _ "github.com/mweagle/Sparta/missing"
-- original/cgo/cgo.go --
package cgo
`)
	if _, err := listed(t, filepath.Join(dir, "app"), "./python"); err == nil ||
		!strings.Contains(err.Error(), `import "github.com/go-sparta/sparta/cgo" instead of`) {
		t.Errorf("package cgo of the original: %v", err)
	}
	_, err := listed(t, filepath.Join(dir, "app"), ".")
	if err == nil || strings.Contains(err.Error(), "change these imports") {
		t.Errorf("the original's own mistake is the application's: %v", err)
	}
}
