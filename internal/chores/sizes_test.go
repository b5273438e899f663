package chores

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestSizes(t *testing.T) {
	root := t.TempDir()
	for name, lines := range map[string]int{
		"large/a.go":          3,
		"large/b.go":          3,
		"large/a_test.go":     100,
		"small/a.go":          5,
		"tiny/a.go":           1,
		"large/testdata/x.go": 9,
	} {
		path := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(strings.Repeat("\n", lines)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
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
