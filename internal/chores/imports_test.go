package chores

import (
	"slices"
	"testing"
)

func TestImportRule(t *testing.T) {
	for name, test := range map[string]struct {
		rule   ImportRule
		paths  []string
		broken []string
	}{
		"a forbidden module is found by any of its packages": {
			ImportRule{Never: []string{"github.com/aws/aws-sdk-go"}},
			[]string{"github.com/aws/aws-sdk-go", "github.com/aws/aws-sdk-go/aws/session", "github.com/otiai10/copy"},
			[]string{"github.com/aws/aws-sdk-go", "github.com/aws/aws-sdk-go/aws/session"},
		},
		"a module with a longer name is allowed": {
			ImportRule{Never: []string{"github.com/aws/aws-sdk-go"}}, []string{"github.com/aws/aws-sdk-go-v2/aws"}, nil,
		},
		"a forbidden standard package is found": {
			ImportRule{Never: []string{"std/net"}},
			[]string{"std/net", "std/net/http", "std/netip", "example.com/net"},
			[]string{"std/net", "std/net/http"},
		},
		"only allowed modules may be imported": {
			ImportRule{Only: []string{"example.com/self", "example.com/friend"}},
			[]string{"std/os", "example.com/self", "example.com/friend/deep", "example.com/stranger"},
			[]string{"example.com/stranger"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			if got := test.rule.broken(test.paths); !slices.Equal(got, test.broken) {
				t.Errorf("broken by %q, want %q", got, test.broken)
			}
		})
	}
}

func TestFind(t *testing.T) {
	dir := writeFiles(t, map[string]string{
		"a.go": "", "b/c.go": "", "b/d.txt": "", ".sparta/src/e.go": "", "b/testdata/f.go": "", "vendor/g.go": "",
	})
	got, err := Find(dir, "*.go")
	if want := []string{"a.go", "b/c.go"}; err != nil || !slices.Equal(got, want) {
		t.Errorf("found %q, %v, want %q", got, err, want)
	}
}
