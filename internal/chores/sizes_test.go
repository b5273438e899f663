package chores

import (
	"bytes"
	"strings"
	"testing"
)

func TestSizes(t *testing.T) {
	root := writeFiles(t, map[string]string{
		"large/a.go":          strings.Repeat("\n", 3),
		"large/b.go":          strings.Repeat("\n", 3),
		"large/a_test.go":     strings.Repeat("\n", 100),
		"small/a.go":          strings.Repeat("\n", 5),
		"tiny/a.go":           "\n",
		"large/testdata/x.go": strings.Repeat("\n", 9),
	})
	const both = "     6 lines  large\n     5 lines  small\n"
	for name, c := range map[string]struct {
		rule      SizeRule
		want, err string
	}{
		"all are small enough":                {SizeRule{Limit: 6, Shown: 2}, both, ""},
		"one is too large":                    {SizeRule{Limit: 5, Shown: 1}, both[:15+9], "large has 6 lines"},
		"two are too large":                   {SizeRule{Limit: 4}, both, "large has 6 lines, small has 5 lines"},
		"one is too large, with an exception": {SizeRule{Limit: 5, Except: []string{"large"}}, both[:15+9], ""},
		"exceptions that are not needed": {
			SizeRule{Limit: 6, Except: []string{"gone", "large"}},
			"",
			"gone no longer needs an exception, large no longer needs an exception",
		},
	} {
		t.Run(name, func(t *testing.T) {
			c.rule.Root = root
			var out bytes.Buffer
			err := c.rule.Check(&out)
			if (err == nil) != (c.err == "") || err != nil && !strings.Contains(err.Error(), c.err) {
				t.Errorf("error %v, want %q", err, c.err)
			}
			if got := out.String(); strings.TrimSpace(got) != strings.TrimSpace(c.want) {
				t.Errorf("printed %q, want %q", got, c.want)
			}
		})
	}
}
