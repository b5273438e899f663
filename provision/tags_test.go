package provision

import (
	"fmt"
	"strings"
	"testing"

	"github.com/go-sparta/sparta/internal/commandline"
	"github.com/go-sparta/sparta/provision/internal/connection"
)

func TestBuildID(t *testing.T) {
	pkg := Package{SHA256: strings.Repeat("0123456789abcdef", 4)}
	for given, want := range map[string]string{"": "0123456789ab", "b1": "b1"} {
		id, err := buildID(pkg, Options{Provision: commandline.Provision{BuildID: given}})
		if err != nil || id != want {
			t.Errorf("%q: %s, %v, want %s", given, id, err, want)
		}
	}
	_, err := buildID(pkg, Options{Provision: commandline.Provision{BuildID: "a;b"}})
	if err == nil || !strings.HasPrefix(err.Error(), `build ID "a;b" is invalid: use up to 256 letters`) {
		t.Errorf("error %v", err)
	}
}

// CloudFormation passes the stack's tags on to the functions.
func TestTagsOfFunctionsCountWithTheStacks(t *testing.T) {
	for count, want := range map[int]string{
		48: "",
		49: "function hello: with the stack's 2 tags: 51 tags are too many",
	} {
		w := newPreview(t)
		w.noAWS = connection.ErrNoRegion
		w.service.Functions[0].Options.Tags = map[string]string{}
		for i := range count {
			w.service.Functions[0].Options.Tags[fmt.Sprint("tag", i)] = "x"
		}
		_, err := w.run(t.Context())
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%d tags: error %v, want %q", count, err, want)
		}
	}
}

func TestARuntimeThatLambdaNoLongerAccepts(t *testing.T) {
	w := newPreview(t)
	w.noAWS = connection.ErrNoRegion
	w.pkg.Python = "python3.6"
	if _, err := w.run(t.Context()); err == nil || !strings.Contains(err.Error(), "has not updated functions with") {
		t.Errorf("error %v", err)
	}
}
