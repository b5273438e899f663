package provision

import (
	"maps"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/commandline"
)

func TestStackTags(t *testing.T) {
	pkg := Package{SHA256: strings.Repeat("0123456789abcdef", 4)}
	tests := map[string]struct {
		options Options
		want    map[string]string // beside version
	}{
		"by default": {
			Options{},
			map[string]string{
				"io:gosparta:buildId":     "0123456789ab",
				"io:gosparta:home":        "https://github.com/go-sparta/sparta",
				"io:gosparta:application": "app:svc",
			},
		},
		"the user's": {
			Options{
				Provision: commandline.Provision{BuildID: "b1"},
				Tags:      map[string]string{"team": "blue", "io:gosparta:home": "https://example.com"},
			},
			map[string]string{
				"io:gosparta:buildId":     "b1",
				"io:gosparta:home":        "https://example.com",
				"team":                    "blue",
				"io:gosparta:application": "app:svc",
			},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			tags, err := stackTags(pkg, test.options, "app:svc")
			if err != nil {
				t.Fatal(err)
			}
			if tags["io:gosparta:version"] == "" {
				t.Error("there is no version")
			}
			delete(tags, "io:gosparta:version")
			if !maps.Equal(tags, test.want) {
				t.Errorf("tags are %v, want %v", tags, test.want)
			}
		})
	}
	invalid := Options{Provision: commandline.Provision{BuildID: "a;b"}}
	if _, err := stackTags(pkg, invalid, "app:svc"); err == nil ||
		!strings.HasPrefix(err.Error(), "tag the stack: tag io:gosparta:buildId has an invalid value") {
		t.Errorf("error is %v, want one about the build's id", err)
	}
	taken := Options{Tags: map[string]string{"io:gosparta:application": "app:other"}}
	if _, err := stackTags(pkg, taken, "app:svc"); err == nil ||
		!strings.Contains(err.Error(), "it says whose stack it is, and is set to app:svc") {
		t.Errorf("error is %v, want one about the application's tag", err)
	}
}
