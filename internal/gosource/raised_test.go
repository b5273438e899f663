package gosource

import (
	"slices"
	"testing"
)

func TestRaised(t *testing.T) {
	const own = `module github.com/go-sparta/sparta

go 1.24.0

require (
	github.com/aws/aws-lambda-go v1.51.1
	example.com/x v1.2.0 // indirect
)
`
	plain := &Application{Packages: []*Package{
		{ImportPath: "example.com/app", Module: &Module{Path: "example.com/app", Main: true}},
		{ImportPath: LambdaPath, Module: &Module{Path: "github.com/aws/aws-lambda-go", Version: "v1.51.1"}},
		{
			ImportPath: LambdaPath + "/messages",
			Module:     &Module{Path: "github.com/aws/aws-lambda-go", Version: "v1.51.1"},
		},
		{ImportPath: "example.com/x", Module: &Module{Path: "example.com/x", Version: "v1.3.0"}},
	}}
	sparta := &Application{Packages: append([]*Package{{ImportPath: CgoPath}}, plain.Packages...)}
	const requires = "\nrequire github.com/go-sparta/sparta v1.0.0\n"
	for name, c := range map[string]struct {
		app   *Application
		goMod string
		want  []string
	}{
		"everything that can be raised": {
			plain, "go 1.24.0\n" + requires, []string{"github.com/aws/aws-lambda-go v1.51.1", "go 1.24.0"},
		},
		"a newer go line": {
			plain, "go 1.26\n" + requires, []string{"github.com/aws/aws-lambda-go v1.51.1"},
		},
		"in a block": {
			plain,
			"go 1.26\nrequire (\n\tgithub.com/go-sparta/sparta v1.0.0\n)\n",
			[]string{"github.com/aws/aws-lambda-go v1.51.1"},
		},
		"with Windows' line breaks, tabs and comments": {
			plain,
			"go 1.24.0 // old\r\n\r\nrequire\tgithub.com/go-sparta/sparta  v1.0.0 // indirect\r\n",
			[]string{"github.com/aws/aws-lambda-go v1.51.1", "go 1.24.0"},
		},
		"this module is replaced, but not required": {
			plain, "go 1.24.0\n\nreplace github.com/go-sparta/sparta v1.0.0 => ../sparta\n", nil,
		},
		"this module is not required": {plain, "go 1.24.0\n", nil},
		"a Sparta application":        {sparta, "go 1.24.0\n" + requires, nil},
		"a module with a similar name": {
			plain, "go 1.24.0\n\nrequire github.com/go-sparta/sparta/other v1.0.0\n", nil,
		},
	} {
		t.Run(name, func(t *testing.T) {
			if got := c.app.Raised(c.goMod, own); !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
