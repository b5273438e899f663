package chores

import (
	"slices"
	"strings"
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

func TestNumberOfImports(t *testing.T) {
	for name, test := range map[string]struct {
		most int
		want string
	}{
		"no limit":     {0, ""},
		"as many":      {2, ""},
		"one too many": {1, "./x imports 2 packages, at most 1 are allowed"},
		"fewer":        {3, ""},
	} {
		err := ImportRule{Package: "./x", Most: test.most}.count([]string{
			"std/unsafe", "std/internal/abi", "std/crypto/internal/x", "std/os", "example.com/x",
		})
		if (err == nil) != (test.want == "") || err != nil && !strings.HasPrefix(err.Error(), test.want) {
			t.Errorf("%s: error %v, want %q", name, err, test.want)
		}
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
