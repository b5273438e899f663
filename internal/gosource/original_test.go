package gosource

import (
	"testing"

	"github.com/go-sparta/sparta/internal/testfiles"
)

func TestOriginal(t *testing.T) {
	const module = "github.com/mweagle/Sparta"
	v1 := &Module{Path: module, Version: "v1.15.0"}
	for name, c := range map[string]struct {
		source string
		module *Module
		want   string
	}{
		"an application of it": {
			`import sparta "` + module + `"; func main() { sparta.Main() }`, v1, "v1.15.0",
		},
		"without a name of the import": {`import "` + module + `"; func main() { sparta.MainEx() }`, v1, "v1.15.0"},
		"with another name":            {`import sp "` + module + `"; func main() { sp.Main() }`, v1, "v1.15.0"},
		"with a dot":                   {`import . "` + module + `"; func main() { Main() }`, v1, "v1.15.0"},
		"a first version": {
			`import "` + module + `"; func main() { sparta.Main() }`, &Module{Path: module, Version: "v1.0.0-rc1"},
			"v1.0.0-rc1",
		},
		"a version before 1": {
			`import "` + module + `"; func main() { sparta.Main() }`, &Module{Path: module, Version: "v0.30.1"}, "",
		},
		"only its helpers are used":   {`import "` + module + `"; func main() { sparta.NewLogger() }`, v1, ""},
		"Main of another package":     {`import sp "` + module + `"; func main() { other.Main(); sp.X() }`, v1, ""},
		"the application has no Main": {`func main() { Main() }`, v1, ""},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			testfiles.Write(t, dir, map[string]string{"main.go": "package main; " + c.source})
			app := &Application{Packages: []*Package{
				{ImportPath: module, Module: c.module},
				{ImportPath: "example.com/app", Dir: dir, GoFiles: []string{"main.go"}, Imports: []string{module}},
			}}
			if got := app.Original(); got != c.want {
				t.Errorf("version is %q, want %q", got, c.want)
			}
		})
	}
	if got := (&Application{}).Original(); got != "" {
		t.Errorf("an application without Sparta has version %q", got)
	}
}
