package stack

import (
	"maps"
	"strings"
	"testing"
)

func TestTags(t *testing.T) {
	tests := map[string]struct{ given, want map[string]string }{
		"by default": {nil, map[string]string{
			"io:gosparta:home":        "https://github.com/go-sparta/sparta",
			"io:gosparta:application": "app:svc",
		}},
		"the user's": {
			map[string]string{"team": "blue", "io:gosparta:home": "https://example.com"},
			map[string]string{
				"io:gosparta:home":        "https://example.com",
				"team":                    "blue",
				"io:gosparta:application": "app:svc",
			},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			tags, err := Tags(test.given, "app:svc")
			if err != nil {
				t.Fatal(err)
			}
			if !maps.Equal(tags, test.want) {
				t.Errorf("tags are %v, want %v", tags, test.want)
			}
		})
	}
	taken := map[string]string{"io:gosparta:application": "app:other"}
	if _, err := Tags(taken, "app:svc"); err == nil ||
		!strings.Contains(err.Error(), "it says whose stack it is, and is set to app:svc") {
		t.Errorf("error is %v, want one about the application's tag", err)
	}
}
