package stack

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/go-sparta/sparta/sparta"
)

func TestOwnership(t *testing.T) {
	const home, application = "io:gosparta:home", "io:gosparta:application"
	for name, test := range map[string]struct {
		tags   map[string]string
		want   Ownership
		reason string
	}{
		"this application's": {map[string]string{home: "x", application: "m/app:svc"}, Ours, ""},
		"another application's": {
			map[string]string{home: "x", application: "m/other:svc"},
			foreign,
			"it belongs to the application m/other:svc (if that is this application's former name, adopt the stack)",
		},
		"another service of this module": {
			map[string]string{home: "x", application: "m/app:other"},
			foreign,
			"it belongs to the application m/app:other",
		},
		"made before there was the tag": {
			map[string]string{home: "x"}, unmarked, "it has no tag io:gosparta:application",
		},
		"made by something else": {
			map[string]string{"team": "net"}, foreign, "it has no tag io:gosparta:home, so something else made it",
		},
		"without any tag": {nil, foreign, "it has no tag io:gosparta:home, so something else made it"},
		"half of the tags": {
			map[string]string{application: "m/app:svc"}, foreign, "it has no tag io:gosparta:home, which every stack",
		},
		"a tag that only begins like ours": {
			map[string]string{home + "s": "x"}, foreign, "it has no tag io:gosparta:home, so something else made it",
		},
	} {
		t.Run(name, func(t *testing.T) {
			got, reason := OwnershipOf(test.tags, "m/app:svc")
			if got != test.want || !strings.HasPrefix(reason, test.reason) || (reason == "") != (test.want == Ours) {
				t.Errorf("got %d, %q", got, reason)
			}
		})
	}
}

func TestApplicationTagValue(t *testing.T) {
	if got := ApplicationTagValue("example.com/app/cmd/api", "Shop"); got != "example.com/app/cmd/api:Shop" {
		t.Errorf("got %s", got)
	}
	long := strings.Repeat("very/", 60) + "long"
	marks := map[string]bool{}
	for _, mark := range []string{
		ApplicationTagValue("example.com/~me/app", "Shop"), ApplicationTagValue("example.com/_me/app", "Shop"),
		ApplicationTagValue("example.com/!me/app", "Shop"),
		ApplicationTagValue(long+"/a", "Shop"), ApplicationTagValue(long+"/b", "Shop"),
		ApplicationTagValue(long+"/b", "Shop2"),
		ApplicationTagValue("example.com/größe/"+strings.Repeat("ü", 300), "Shop"),
		ApplicationTagValue("main", "api"), ApplicationTagValue("main/api", "api"),
		ApplicationTagValue("main/cmd/api", "api"),
	} {
		err := sparta.ValidateTags(map[string]string{ApplicationTag: mark})
		if err != nil || marks[mark] || !utf8.ValidString(mark) {
			t.Errorf("mark %s: %v; there already: %t", mark, err, marks[mark])
		}
		marks[mark] = true
	}
}

func TestTheErrorAboutAForeignStack(t *testing.T) {
	err := &Foreign{
		Stack:       "api",
		Application: "m/app:api",
		Reason:      "it belongs to the application m/old:api",
		Created:     time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC),
		Tags: map[string]string{
			"team":                    "secret",
			"io:gosparta:home":        "h",
			"io:gosparta:application": "m/old:api",
		},
	}
	want := "stack api does not belong to application m/app:api, and nothing was changed: " +
		"it belongs to the application m/old:api " +
		"[created 2026-01-31T12:00:00Z, io:gosparta:application=m/old:api, io:gosparta:home=h]: " +
		"choose another name with -stack (SPARTA_STACK), " +
		"or, to change this stack anyway, repeat its name with -adopt=api"
	if got := err.Error(); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
