package spartamage

import (
	"strings"
	"testing"
)

func TestNamesThatCannotNameAFileAreRefused(t *testing.T) {
	for name, ok := range map[string]bool{
		"":                       true, // the package's
		"hello-2_x.y":            true,
		"with space":             true,
		"größe":                  true,
		strings.Repeat("x", 200): true,
		strings.Repeat("x", 201): false,
		"a\nb":                   false,
		"a\x00b":                 false,
		" a":                     false,
		"a*":                     false,
		"..":                     false,
		".hidden":                false,
		"a/b":                    false,
		`a\b`:                    false,
		"C:":                     false,
	} {
		_, err := BuildOptions{Dir: t.TempDir(), Name: name}.resolve()
		if (err == nil) != ok {
			t.Errorf("name %q: %v", name, err)
		}
	}
}
