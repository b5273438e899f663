package rollback

import (
	"strings"
	"testing"

	"github.com/go-sparta/sparta/provision/internal/versions"
)

func TestTarget(t *testing.T) {
	published := []versions.Version{
		{Number: 11, Ours: true}, {Number: 10}, {Number: 9, Ours: true}, {Number: 2, Ours: true}, {Number: 1},
	}
	for name, c := range map[string]struct {
		now, given string
		want, fail string
	}{
		"the one before":                      {now: "11", want: "9"},
		"the one before, by number":           {now: "10", want: "9"},
		"the one before one that is deleted":  {now: "8", want: "2"},
		"the newest, if nothing is published": {now: "$LATEST", want: "11"},
		"none before":                         {now: "2", fail: "no version before 2"},
		"only one of another tool before":     {now: "2", fail: "it has 1, 2, 9, 10, 11; to go to one of these"},
		"a given one":                         {now: "11", given: "2", want: "2"},
		"a given one of another tool":         {now: "11", given: "10", want: "10"},
		"a given one that is newer":           {now: "2", given: "11", want: "11"},
		"a given one that does not exist": {
			now: "11", given: "3", fail: "version 3 of S-f does not exist: it has 1, 2, 9, 10, 11",
		},
		"a given one that begins like another": {now: "11", given: "110", fail: "version 110 of S-f does not exist"},
	} {
		got, err := target("S-f", c.now, c.given, published)
		if got != c.want || (err == nil) != (c.fail == "") || err != nil && !strings.Contains(err.Error(), c.fail) {
			t.Errorf("%s: %q, %v; want %q, %q", name, got, err, c.want, c.fail)
		}
	}
	if _, err := target("S-f", "1", "2", nil); err == nil || !strings.Contains(err.Error(), "it has no versions") {
		t.Errorf("error %v", err)
	}
}
