package gosource

import (
	"slices"
	"testing"
)

func TestReplacements(t *testing.T) {
	overlay := Overlay{"/app/a.go": "/b/a.go", "/app/c.go": ""} // c.go is removed
	if got := overlay.Replacements(); !slices.Equal(got, []string{"/b/a.go"}) {
		t.Errorf("replacements are %q", got)
	}
}
